-- Drives a headless Neovim: `nvim --headless --clean -l neovim.lua CONFIGURATION FILE`.
-- The configuration is what docs/language-server.md tells users to write. Prints JSON lines.

local configuration, file = _G.arg[1], _G.arg[2]

local function say(name, value)
  io.stdout:write(vim.json.encode({ [name] = value }) .. "\n")
end

local function wait(what, condition)
  if not vim.wait(30000, condition, 20) then
    say("failed", what)
    os.exit(1)
  end
end

local function diagnostics()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, { code = each.code, line = each.lnum, start = each.col, stop = each.end_col, source = each.source })
  end
  return found
end

local function has(code)
  return function()
    return vim.iter(diagnostics()):any(function(each) return each.code == code end)
  end
end

dofile(configuration)
vim.cmd("filetype on")
vim.cmd.edit(file)
local count = tonumber(_G.arg[3] or "1")
wait("a client", function() return #vim.lsp.get_clients({ bufnr = 0 }) >= count end)
wait("diagnostics", function() return #vim.diagnostic.get(0) > 0 end)
wait("an unknown volume", has("SL110"))
if count > 1 then
  wait("the other server", function()
    return vim.iter(diagnostics()):any(function(each) return each.source ~= "sidecar-lint" end)
  end)
end
say("diagnostics", diagnostics())
say("encoding", vim.lsp.get_clients({ name = "sidecar_lint" })[1].offset_encoding)
say("symbols", #vim.lsp.buf_request_sync(0, "textDocument/documentSymbol",
  { textDocument = vim.lsp.util.make_text_document_params() }, 5000)[1].result)

-- Apply the preferred fix of the unknown volume.
local place = vim.iter(vim.diagnostic.get(0)):find(function(each) return each.code == "SL110" end)
vim.api.nvim_win_set_cursor(0, { place.lnum + 1, place.col })
local before = vim.api.nvim_buf_get_lines(0, place.lnum, place.lnum + 1, true)[1]
vim.lsp.buf.code_action({
  apply = true,
  context = { only = { "quickfix" }, diagnostics = {} },
  filter = function(action) return action.isPreferred end,
})
wait("the fix", function() return vim.api.nvim_buf_get_lines(0, place.lnum, place.lnum + 1, true)[1] ~= before end)
say("fixed", vim.api.nvim_buf_get_lines(0, place.lnum, place.lnum + 1, true)[1])
wait("no unknown volume", function() return not has("SL110")() end)

-- An edit in the middle of the file, and undo.
vim.api.nvim_buf_set_text(0, 0, 0, 0, 0, { "# é😀", "" })
wait("the line further down", function()
  return vim.iter(diagnostics()):any(function(each) return each.code == "SL501" and each.line == 6 end)
end)
vim.cmd("silent undo")
wait("the line where it was", function()
  return vim.iter(diagnostics()):any(function(each) return each.code == "SL501" and each.line == 5 end)
end)
say("done", true)
vim.cmd("qall!")
