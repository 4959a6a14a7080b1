-- wrk: one answer of a conversation kept anew with every request. Each thread has one connection and a
-- conversation of its own (wrk -t32 -c32), and goes on from the version that it was told.
-- TALKS names the file of bench/talks.py; CSRF and COOKIE are of that session.
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function init()
  local at = 0
  for line in io.lines(os.getenv("TALKS")) do
    at = at + 1
    if at == number then
      talk, question, voice, field = line:match("(%S+) (%S+) (%S+) (%S+)")
    end
  end
  version, count = 1, 0
  wrk.method = "POST"
  wrk.headers["Cookie"] = os.getenv("COOKIE")
  wrk.headers["X-Requested-With"] = "autosave"
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
end

function request()
  count = count + 1
  return wrk.format(nil, "/gesprek/" .. talk .. "/antwoord", nil,
    "csrf=" .. os.getenv("CSRF") .. "&q=" .. question .. "&v=" .. voice .. "&version=" .. version ..
    "&back=&" .. field .. "=Ik+wil+graag+over+het+buitenspelen+praten%2C+want+daar+gaat+het+mis.+Keer+" .. count)
end

function response(status, headers, body)
  version = tonumber(body:match('"version":(%d+)')) or version
end
