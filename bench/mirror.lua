-- The question mirror as its script asks it, with a turn of 60 words: what wrk sends. From the
-- environment: CSRF, COOKIE.
local text = "Ik zag dat je gisteren in de kring niet zo lekker zat en steeds naar buiten keek en ik dacht " ..
  "misschien is er wel iets gebeurd op het plein of thuis want je bent anders altijd zo vrolijk als je hier " ..
  "binnenkomt dus ik ben wel benieuwd wat er toen precies was en hoe het nu met je gaat, toch?"
wrk.method = "POST"
wrk.path = "/spiegel"
wrk.body = "csrf=" .. os.getenv("CSRF") .. "&text=" .. text:gsub(" ", "+"):gsub("?", "%%3F")
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["X-Requested-With"] = "autosave"
wrk.headers["Cookie"] = os.getenv("COOKIE")
