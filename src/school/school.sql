-- board_add(id board_id, name_sealed sealed, at time) exec
INSERT INTO board (id, name_sealed, made_at) VALUES (:id, :name_sealed, :at);

-- school_add(id school_id, board board_id, kind int, key_wrapped bytes, name_sealed sealed, brin_sealed sealed?, retention_years int, at time) exec
INSERT INTO school (id, board, kind, key_wrapped, next_slot, name_sealed, brin_sealed, retention_years, made_at)
VALUES (:id, :board, :kind, :key_wrapped, 0, :name_sealed, :brin_sealed, :retention_years, :at);

-- school_row(id school_id) one
SELECT s.id, s.board, s.kind, s.key_wrapped, s.name_sealed, s.brin_sealed, s.retention_years FROM school s WHERE s.id = :id;

-- school_rows() many as school_row
SELECT s.id, s.board, s.kind, s.key_wrapped, s.name_sealed, s.brin_sealed, s.retention_years FROM school s ORDER BY s.id;

-- school_set_retention(id school_id, years int) exec
UPDATE school SET retention_years = :years WHERE id = :id;

-- school_set_name(id school_id, name_sealed sealed) exec
UPDATE school SET name_sealed = :name_sealed WHERE id = :id;

-- school_set_brin(id school_id, brin_sealed sealed) exec
UPDATE school SET brin_sealed = :brin_sealed WHERE id = :id;

-- school_board(id board_id) one
SELECT b.name_sealed FROM board b WHERE b.id = :id;

-- Boards without a school.
-- school_board_remove() exec
DELETE FROM board WHERE NOT EXISTS (SELECT 1 FROM school s WHERE s.board = board.id);

-- school_set_key(id school_id, key_wrapped bytes) exec
UPDATE school SET key_wrapped = :key_wrapped WHERE id = :id;

-- school_year_list(school school_id) many
SELECT y.id, y.starts_in, y.is_active FROM school_year y WHERE y.school = :school ORDER BY y.starts_in DESC;

-- school_year_active(school school_id) one as school_year_list
SELECT y.id, y.starts_in, y.is_active FROM school_year y WHERE y.school = :school AND y.is_active = 1;

-- school_year_row(school school_id, id school_year_id) one as school_year_list
SELECT y.id, y.starts_in, y.is_active FROM school_year y WHERE y.school = :school AND y.id = :id;

-- Administrators who can sign in, in the active year and in another.
-- school_year_administrators(school school_id, id school_year_id) one
SELECT COALESCE(SUM(CASE WHEN y.is_active = 1 THEN 1 ELSE 0 END), 0) AS now_count,
       COALESCE(SUM(CASE WHEN y.id = :id THEN 1 ELSE 0 END), 0) AS then_count
  FROM staff_function f
  JOIN school_year y ON y.school = f.school AND y.id = f.school_year
  JOIN staff s ON s.school = f.school AND s.id = f.staff
  JOIN account a ON a.id = s.account
 WHERE f.school = :school AND f.role = 4 AND s.left_on IS NULL AND a.disabled_at IS NULL
   AND a.password_hash IS NOT NULL;

-- school_year_of(school school_id, starts_in int) one as school_year_list
SELECT y.id, y.starts_in, y.is_active FROM school_year y WHERE y.school = :school AND y.starts_in = :starts_in;

-- school_year_add(school school_id, id school_year_id, starts_in int, is_active bool) exec
INSERT INTO school_year (school, id, starts_in, is_active) VALUES (:school, :id, :starts_in, :is_active);

-- school_year_switch(school school_id, id school_year_id) exec
UPDATE school_year SET is_active = CASE WHEN id = :id THEN 1 ELSE 0 END WHERE school = :school;

-- location_rows(school school_id) many
SELECT l.id, l.source_index, l.name_sealed FROM location l WHERE l.school = :school ORDER BY l.id;

-- location_of_source(school school_id, source_index bytes) one as location_rows
SELECT l.id, l.source_index, l.name_sealed FROM location l WHERE l.school = :school AND l.source_index = :source_index;

-- location_add(school school_id, id location_id, source_index bytes?, name_sealed sealed) exec
INSERT INTO location (school, id, source_index, name_sealed) VALUES (:school, :id, :source_index, :name_sealed);

-- location_set_name(school school_id, id location_id, name_sealed sealed) exec
UPDATE location SET name_sealed = :name_sealed WHERE school = :school AND id = :id;
