-- staged_add(school school_id, id roster_import_id, made_by staff_id, at time, settings text, file_sealed sealed) exec
INSERT INTO roster_import (school, id, made_by, made_at, settings, file_sealed, applied_at, result)
VALUES (:school, :id, :made_by, :at, :settings, :file_sealed, NULL, '');

-- staged_row(school school_id, id roster_import_id, made_by staff_id, after time) one
SELECT i.id, i.made_at, i.settings, i.file_sealed, i.applied_at, i.result
  FROM roster_import i
 WHERE i.school = :school AND i.id = :id AND i.made_by = :made_by AND i.made_at > :after;

-- staged_set_settings(school school_id, id roster_import_id, made_by staff_id, settings text) exec
UPDATE roster_import SET settings = :settings
 WHERE school = :school AND id = :id AND made_by = :made_by AND applied_at IS NULL;

-- Once only: whoever comes second changes no row.
-- staged_set_applied(school school_id, id roster_import_id, made_by staff_id, at time, result text, nothing sealed) exec
UPDATE roster_import SET applied_at = :at, result = :result, file_sealed = :nothing
 WHERE school = :school AND id = :id AND made_by = :made_by AND applied_at IS NULL;

-- staged_drop(school school_id, id roster_import_id, made_by staff_id) exec
DELETE FROM roster_import WHERE school = :school AND id = :id AND made_by = :made_by;

-- What somebody read in before goes when they read in another file.
-- staged_drop_of(school school_id, made_by staff_id) exec
DELETE FROM roster_import WHERE school = :school AND made_by = :made_by AND applied_at IS NULL;

-- staged_drop_before(school school_id, before time) exec
DELETE FROM roster_import WHERE school = :school AND made_at <= :before;
