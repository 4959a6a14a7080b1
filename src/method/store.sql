-- All versions of a school, without their text: by key, the newest first.
-- method_rows(school school_id) many
SELECT v.id, v.method_key, v.version, v.origin, v.state, v.made_at, v.published_at
  FROM method_version v WHERE v.school = :school ORDER BY v.method_key, v.version DESC;

-- method_rows_of_key(school school_id, method_key text) many as method_rows
SELECT v.id, v.method_key, v.version, v.origin, v.state, v.made_at, v.published_at
  FROM method_version v WHERE v.school = :school AND v.method_key = :method_key
 ORDER BY v.method_key, v.version DESC;

-- method_row(school school_id, id method_version_id) one
SELECT v.id, v.method_key, v.version, v.origin, v.state, v.made_at, v.published_at, v.body_sealed
  FROM method_version v WHERE v.school = :school AND v.id = :id;

-- method_insert(school school_id, id method_version_id, method_key text, version int, origin int, state int, body_sealed sealed, made_by long, at time, published time?) exec
INSERT INTO method_version (school, id, method_key, version, origin, state, body_sealed, made_by, made_at, published_at)
VALUES (:school, :id, :method_key, :version, :origin, :state, :body_sealed, :made_by, :at, :published);

-- A draft only: what was published never changes.
-- method_set_draft(school school_id, id method_version_id, body_sealed sealed, at time) exec
UPDATE method_version SET body_sealed = :body_sealed, made_at = :at
 WHERE school = :school AND id = :id AND state = 1;

-- method_publish(school school_id, id method_version_id, at time) exec
UPDATE method_version SET state = 2, published_at = :at WHERE school = :school AND id = :id AND state = 1;

-- All published versions of a school's own method.
-- method_withdraw(school school_id, method_key text) exec
UPDATE method_version SET state = 3
 WHERE school = :school AND method_key = :method_key AND origin = 2 AND state = 2;

-- The newest one that was withdrawn.
-- method_restore(school school_id, id method_version_id) exec
UPDATE method_version SET state = 2 WHERE school = :school AND id = :id AND origin = 2 AND state = 3;

-- method_drop_draft(school school_id, id method_version_id) exec
DELETE FROM method_version WHERE school = :school AND id = :id AND state = 1;
