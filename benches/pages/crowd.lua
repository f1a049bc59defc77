-- A crowd: every request comes from another network, as a browser asks for a page.
local number = 0

request = function()
  number = number + 1
  local network = string.format("10.%d.%d.%d", number / 65536 % 256, number / 256 % 256, number % 256)
  return wrk.format("GET", nil, {
    ["Host"] = wrk.host .. ":" .. wrk.port,
    ["X-Forwarded-For"] = network,
    ["Accept-Encoding"] = "gzip",
    ["Accept-Language"] = "id",
    ["Sec-Fetch-Dest"] = "document",
  })
end
