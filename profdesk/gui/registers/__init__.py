"""The page «Реестры»: every register in one table, one dialog and one import, made from the fields of its entries."""
