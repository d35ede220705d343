-- What somebody does in Neovim, and what is to be seen then, as one line of JSON:
-- nvim --headless --clean -l neovim.lua CONFIGURATION MANIFEST STEP...
local configuration, manifest = arg[1], arg[2]
local PATIENCE_MS = 60000

local function wait(what, found)
  local result
  local done = vim.wait(PATIENCE_MS, function()
    result = found()
    return result
  end, 20)
  assert(done, 'waited in vain for ' .. what)
  return result
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n') .. '\n'
end

local function go_to(words, into)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, true)) do
    local start = line:find(words, 1, true)
    if start then
      vim.api.nvim_win_set_cursor(0, { number, start - 1 + into })
      return
    end
  end
  error('there is no ' .. words)
end

local function changed(what, act)
  local before = text()
  act()
  wait(what, function() return text() ~= before end)
  return text()
end

local function findings()
  return vim.tbl_map(function(each)
    return { code = each.code, source = each.source, line = each.lnum, column = each.col, end_column = each.end_col }
  end, vim.diagnostic.get(0))
end

local steps = {}

function steps.diagnostics()
  wait('findings', function() return #findings() > 0 end)
  return findings()
end

-- Those of every server that is attached.
function steps.all_diagnostics()
  wait('findings of two servers', function()
    local sources = {}
    for _, each in ipairs(findings()) do sources[each.source] = true end
    return vim.tbl_count(sources) > 1
  end)
  vim.wait(1000)
  return findings()
end

function steps.hover()
  go_to('target_container', 2)
  vim.lsp.buf.hover()
  local window = wait('hover', function()
    for _, each in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(each).relative ~= '' then return each end
    end
  end)
  local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true)
  vim.api.nvim_win_close(window, true)
  return table.concat(lines, '\n')
end

function steps.fix()
  go_to('source_volume: upload', #'source_volume: u')
  return changed('the fix', function()
    vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.isPreferred end })
  end)
end

function steps.completion()
  local word = 'target_container: nginz'
  go_to(word, #word - 1)
  vim.cmd.normal({ 'diw', bang = true })
  vim.cmd.startinsert({ bang = true })
  local client = vim.lsp.get_clients({ bufnr = 0, name = 'sidecar_lint' })[1]
  local row = vim.api.nvim_win_get_cursor(0)[1]
  local at = { line = row - 1, character = #vim.api.nvim_get_current_line() }
  local params = { textDocument = vim.lsp.util.make_text_document_params(0), position = at }
  local answer = client:request_sync('textDocument/completion', params, PATIENCE_MS, 0)
  local items = answer.result.items or answer.result
  for _, item in ipairs(items) do
    if item.label == 'nginx' then
      vim.lsp.util.apply_text_edits({ item.textEdit }, vim.api.nvim_get_current_buf(), client.offset_encoding)
    end
  end
  return { labels = vim.tbl_map(function(item) return item.label end, items), text = text() }
end

function steps.rename()
  go_to('target_container: nginx', #'target_container: n')
  return changed('the new name', function() vim.lsp.buf.rename('proxy') end)
end

vim.cmd('filetype on')
dofile(configuration)
vim.cmd.edit(manifest)
wait('the server', function() return #vim.lsp.get_clients({ bufnr = 0, name = 'sidecar_lint' }) > 0 end)
local seen = {}
for at = 3, #arg do
  seen[arg[at]] = steps[arg[at]]()
end
io.stdout:write(vim.json.encode(seen) .. '\n')
