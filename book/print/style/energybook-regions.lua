-- Regions of a plane from a table on a grid: equal cells of a row become one rectangle, so that a
-- hundred thousand numbers are a thousand paths and no raster; and the level lines of such a table.
local M = {}

-- All columns of a figure's table: file is NAME.txt, others are NAME-2.txt and so on.
local function columns(file)
  local found, number, stream = {}, 1, io.open(file, "r")
  if not stream then tex.error("energybook: no table " .. file) end
  while stream do
    local heads = {}
    for head in stream:read("*l"):gmatch("%S+") do heads[#heads + 1] = head found[head] = {} end
    for line in stream:lines() do
      local place = 0
      for cell in line:gmatch("%S+") do
        place = place + 1
        table.insert(found[heads[place]], tonumber(cell) or 0/0)
      end
    end
    stream:close()
    number = number + 1
    stream = io.open((file:gsub("%.txt$", "-" .. number .. ".txt")), "r")
  end
  return found
end

-- The nodes of a grid, row after row: its table has x once a column and y once a row.
local function nodes(file, x, y, value)
  local all, rows = columns(file), {}
  for j, height in ipairs(all[y] or {}) do
    for i, across in ipairs(all[x] or {}) do
      rows[#rows + 1] = {across, height, (all[value] or {})[(j - 1) * #all[x] + i]}
    end
  end
  if #rows == 0 or #rows ~= #(all[value] or {}) then
    tex.error("energybook: " .. file .. " has no grid of " .. x .. ", " .. y .. ", " .. value)
    return {}
  end
  return rows
end

-- A file in which PGFPlots finds the three columns of a grid with a row for each node: its name.
function M.spread(file, x, y, value)
  local name = value:gsub("[^%w-]", "-") .. "-nodes.txt"
  local stream = assert(io.open(name, "w"))
  stream:write(x, " ", y, " ", value, "\n")
  for _, row in ipairs(nodes(file, x, y, value)) do
    stream:write(string.format("%.8g %.8g %.8g\n", row[1], row[2], row[3]))
  end
  stream:close()
  tex.sprint(name)
end

function M.fill(file, x, y, k, colours)
  local names = {}
  for name in colours:gmatch("[%w-]+") do names[#names + 1] = name end
  local rows = nodes(file, x, y, k)
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

local function crossing(p, q, level)
  local share = (level - p[3]) / (q[3] - p[3])
  return {p[1] + share * (q[1] - p[1]), p[2] + share * (q[2] - p[2])}
end

-- The pieces of one level within the two triangles of every cell, each end named by its edge.
local function pieces(grid, level)
  local found, across = {}, #grid[1]
  for j = 1, #grid - 1 do
    for i = 1, across - 1 do
      local a, b, c, d = {j, i}, {j, i + 1}, {j + 1, i + 1}, {j + 1, i}
      for _, corners in ipairs({{a, b, c}, {a, c, d}}) do
        local ends = {}
        for k = 1, 3 do
          local s, e = corners[k], corners[k % 3 + 1]
          local p, q = grid[s[1]][s[2]], grid[e[1]][e[2]]
          if (p[3] < level) ~= (q[3] < level) then
            local u, v = s[1] * across + s[2], e[1] * across + e[2]
            ends[#ends + 1] = {math.min(u, v) .. "-" .. math.max(u, v), crossing(p, q, level)}
          end
        end
        if #ends == 2 then found[#found + 1] = ends end
      end
    end
  end
  return found
end

-- From the end called `name`, along pieces that are not used yet.
local function follow(at, used, name, line)
  while true do
    local going
    for _, piece in ipairs(at[name] or {}) do if not used[piece] then going = piece end end
    if not going then return line end
    used[going] = true
    local far = going[1][1] == name and going[2] or going[1]
    line[#line + 1] = far[2]
    name = far[1]
  end
end

function M.levels(file, x, y, value, levels)
  local rows, grid, height = nodes(file, x, y, value), {}, nil
  for _, row in ipairs(rows) do
    if row[2] ~= height then grid[#grid + 1] = {} height = row[2] end
    table.insert(grid[#grid], row)
  end
  for level in levels:gmatch("[%d.]+") do
    local all, at, used = pieces(grid, tonumber(level)), {}, {}
    for _, piece in ipairs(all) do
      for _, one in ipairs(piece) do
        at[one[1]] = at[one[1]] or {}
        table.insert(at[one[1]], piece)
      end
    end
    for _, piece in ipairs(all) do
      if not used[piece] then
        used[piece] = true
        local back = follow(at, used, piece[1][1], {piece[1][2]})
        local ahead = follow(at, used, piece[2][1], {piece[2][2]})
        local points = {}
        for k = #back, 1, -1 do points[#points + 1] = back[k] end
        for _, point in ipairs(ahead) do points[#points + 1] = point end
        for k, p in ipairs(points) do points[k] = string.format("(axis cs:%.5g,%.5g)", p[1], p[2]) end
        tex.sprint("\\draw[red, line width = .5pt] " .. table.concat(points, "--") .. ";")
      end
    end
  end
end

return M
