-- a() many
SELECT id FROM pupil;

-- b(id pupil_id) exec
DELETE FROM pupil WHERE id = :id;

-- c(id pupil_id) exec
UPDATE pupil SET is_active = 0 WHERE id = :id;

-- d() one
SELECT COUNT(*) AS pupils FROM pupil;
