-- Takes the next slot of the school's key tree. The table school is one row per school, keyed by id.
-- dossier_take_slot(id school_id) one
UPDATE school SET next_slot = next_slot + 1 WHERE id = :id RETURNING next_slot - 1 AS slot;

-- dossier_add(school school_id, id long, kind int, slot long, key_wrapped bytes, at time) exec
INSERT INTO dossier (school, id, kind, slot, key_wrapped, made_at, erased_at)
VALUES (:school, :id, :kind, :slot, :key_wrapped, :at, NULL);

-- dossier_find(school school_id, id long) one
SELECT d.slot, d.key_wrapped, d.erased_at FROM dossier d WHERE d.school = :school AND d.id = :id;

-- dossier_forget_key(school school_id, id long, at time) exec
UPDATE dossier SET key_wrapped = NULL, erased_at = :at WHERE school = :school AND id = :id AND erased_at IS NULL;

-- dossier_all(school school_id) many
SELECT d.id AS person, d.slot, d.key_wrapped FROM dossier d WHERE d.school = :school AND d.key_wrapped IS NOT NULL ORDER BY d.slot;

-- dossier_rewrap(school school_id, id long, slot long, key_wrapped bytes) exec
UPDATE dossier SET slot = :slot, key_wrapped = :key_wrapped WHERE school = :school AND id = :id;
