"""The icon of every kind of record, the same in the short and the whole timeline."""

from profdesk.domain.records import RecordKind

ICONS = {
    RecordKind.STAFF: "grid-four",
    RecordKind.SELF: "user",
    RecordKind.PARENTS: "users",
    RecordKind.NOTE: "note-pencil",
    RecordKind.ROUTE: "path",
    RecordKind.FILE: "paperclip",
    RecordKind.CERTIFICATE: "medal",
    RecordKind.ACHIEVEMENT: "trophy",
    RecordKind.CHOICE: "target",
    RecordKind.VISIT: "compass",
    RecordKind.DIAGNOSTICS: "clipboard-text",
    RecordKind.PSYCHOLOGIST: "chat-circle",
    RecordKind.CLASS: "student",
    RecordKind.ACT: "list-bullets",
}
