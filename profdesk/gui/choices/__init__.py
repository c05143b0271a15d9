"""The page «Выбор и выпуск»: the choice of profile and profession, and what became of those who left."""
