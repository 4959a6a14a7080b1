-- name_of_table_queries() one
SELECT COUNT(*) AS words FROM word;
