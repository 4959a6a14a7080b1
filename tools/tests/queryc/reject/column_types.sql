-- a() many
SELECT chair FROM word;

-- b() many
SELECT based_on FROM word;

-- c() many
SELECT ratio FROM word;
