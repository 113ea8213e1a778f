-- Regions of a plane from a table on a grid: equal cells of a row become one rectangle, so that a
-- hundred thousand numbers are a thousand paths and no raster.
local M = {}

local function columns(file, names)
  local stream = io.open(file, "r")
  if not stream then tex.error("energybook: no table " .. file) return {}, {} end
  local places, heads = {}, {}
  for head in stream:read("*l"):gmatch("%S+") do heads[#heads + 1] = head end
  for place, head in ipairs(heads) do
    for number, name in ipairs(names) do if head == name then places[number] = place end end
  end
  local rows = {}
  for line in stream:lines() do
    local cells, row = {}, {}
    for cell in line:gmatch("%S+") do cells[#cells + 1] = tonumber(cell) or 0/0 end
    for number = 1, #names do row[number] = cells[places[number]] end
    if row[1] and row[1] == row[1] then rows[#rows + 1] = row end
  end
  stream:close()
  return rows
end

function M.fill(file, x, y, k, colours)
  local names = {}
  for name in colours:gmatch("[%w-]+") do names[#names + 1] = name end
  local rows = columns(file, {x, y, k})
  local lines, order = {}, {}
  for _, row in ipairs(rows) do
    if not lines[row[2]] then lines[row[2]] = {} order[#order + 1] = row[2] end
    table.insert(lines[row[2]], row)
  end
  table.sort(order)
  local dy = order[2] - order[1]
  local first = lines[order[1]]
  local dx = first[2][1] - first[1][1]
  local left, right, top = first[1][1], first[#first][1], order[#order]
  for _, height in ipairs(order) do
    local line, start = lines[height], 1
    for place = 1, #line do
      if place == #line or line[place + 1][3] ~= line[place][3] then
        -- a row reaches a little into the next, so that no seam shows between them
        tex.sprint(string.format(
          "\\fill[%s!26!ground] (axis cs:%.6g,%.6g) rectangle (axis cs:%.6g,%.6g);",
          names[line[place][3] + 1] or "ink",
          math.max(left, line[start][1] - dx / 2), math.max(order[1], height - dy / 2),
          math.min(right, line[place][1] + dx / 2), math.min(top, height + dy * .9)))
        start = place + 1
      end
    end
  end
end

return M
