-- Just a comment.
SELECT 1 AS one;
