-- backup_digest_add(of_table text, row_count long, hash bytes) exec
INSERT INTO backup_digest (of_table, row_count, hash) VALUES (:of_table, :row_count, :hash);

-- backup_digest_rows() many
SELECT b.of_table, b.row_count, b.hash FROM backup_digest b ORDER BY b.of_table;

-- backup_digest_clear() exec
DELETE FROM backup_digest;
