-- a() many
SELECT id FROM pupils;
