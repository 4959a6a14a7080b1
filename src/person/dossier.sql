-- Takes the next slot of the school's key tree. The table school is one row per school, keyed by id.
-- dossier_take_slot(id school_id) one
UPDATE school SET next_slot = next_slot + 1 WHERE id = :id RETURNING next_slot - 1 AS slot;

-- dossier_take_slots(id school_id, count long) one
UPDATE school SET next_slot = next_slot + :count WHERE id = :id RETURNING next_slot - :count AS slot;

-- dossier_add(school school_id, id long, kind int, slot long, key_wrapped bytes, at time) exec
INSERT INTO dossier (school, id, kind, slot, key_wrapped, made_at, erased_at)
VALUES (:school, :id, :kind, :slot, :key_wrapped, :at, NULL);

-- dossier_find(school school_id, id long) one
SELECT d.slot, d.key_wrapped, d.erased_at FROM dossier d WHERE d.school = :school AND d.id = :id;

-- dossier_forget_key(school school_id, id long, at time) exec
UPDATE dossier SET key_wrapped = NULL, erased_at = :at WHERE school = :school AND id = :id AND erased_at IS NULL;

-- dossier_school_key(id school_id) one
SELECT s.key_wrapped FROM school s WHERE s.id = :id;

-- All that can be opened, and those that were erased, by slot.
-- dossier_all(school school_id) many
SELECT d.id AS person, d.kind, d.slot, d.key_wrapped FROM dossier d WHERE d.school = :school AND d.key_wrapped IS NOT NULL ORDER BY d.slot;

-- dossier_erased_slots(school school_id) many
SELECT d.slot FROM dossier d WHERE d.school = :school AND d.key_wrapped IS NULL ORDER BY d.slot;

-- dossier_rewrap(school school_id, id long, slot long, key_wrapped bytes) exec
UPDATE dossier SET slot = :slot, key_wrapped = :key_wrapped WHERE school = :school AND id = :id;

-- dossier_schools() many
SELECT s.id FROM school s ORDER BY s.id;

-- Locks the school's row: what changes keys waits for others that do.
-- dossier_lock_school(id school_id) exec
UPDATE school SET next_slot = next_slot WHERE id = :id;

-- erasure_note(at_school school_id, slot long, at time) exec
INSERT INTO erasure (at_school, slot, made_at) VALUES (:at_school, :slot, :at) ON CONFLICT DO NOTHING;

-- erasure_schools() many
SELECT DISTINCT e.at_school FROM erasure e;

-- erasure_slots(at_school school_id) many
SELECT e.slot FROM erasure e WHERE e.at_school = :at_school ORDER BY e.slot;

-- erasure_strike(at_school school_id) exec
DELETE FROM erasure WHERE at_school = :at_school;

-- keyring_mark_row() many
SELECT k.generation FROM keyring_mark k WHERE k.id = 1;

-- keyring_mark_set(generation long, at time) exec
INSERT INTO keyring_mark (id, generation, changed_at) VALUES (1, :generation, :at)
ON CONFLICT (id) DO UPDATE SET generation = excluded.generation, changed_at = excluded.changed_at;

-- erased_school_add(was_school long, at time) exec
INSERT INTO erased_school (was_school, erased_at) VALUES (:was_school, :at) ON CONFLICT DO NOTHING;

-- erased_school_rows() many
SELECT e.was_school, e.erased_at FROM erased_school e ORDER BY e.was_school;
