-- wrk: every request keeps one new observation by autosave. From the environment: PUPIL, CSRF, COOKIE.
local digits = "0123456789abcdefghjkmnpqrstvwxyz"
math.randomseed(os.time())
local function id()
  local t = { tostring(math.random(1, 7)) }
  for i = 2, 13 do local d = math.random(1, 32); t[i] = digits:sub(d, d) end
  return table.concat(t)
end
local body = "csrf=" .. os.getenv("CSRF") .. "&kind=strength&version=0&seen_on=" .. os.getenv("DAY") ..
  "&body=Je+legde+de+som+rustig+uit+aan+je+maatje+en+wachtte+tot+hij+het+zelf+zag."
local headers = {
  ["Content-Type"] = "application/x-www-form-urlencoded",
  ["X-Requested-With"] = "autosave",
  ["Cookie"] = os.getenv("COOKIE"),
}
function request()
  return wrk.format("POST", "/leerling/" .. os.getenv("PUPIL") .. "/observatie/" .. id(), headers, body)
end
