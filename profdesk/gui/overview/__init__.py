"""The page «Обзор»."""
