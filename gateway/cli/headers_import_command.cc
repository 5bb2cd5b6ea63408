// heyan headers import FILE...: block headers of Bitcoin for the table of a trust list.
#include <fmt/format.h>

#include "gateway/cli/clock.h"
#include "gateway/cli/commands.h"
#include "gateway/cli/input_files.h"
#include "gateway/os/folder.h"
#include "gateway/os/write_file.h"
#include "verifier/core/text.h"
#include "verifier/ledgers/opentimestamps/table.h"

namespace heyan::cli {
namespace {

using namespace ledgers::opentimestamps;

constexpr std::size_t kMostBytes = 64u << 20;  // as a file of a trust list
constexpr std::size_t kMostFaults = 20;
constexpr std::string_view kRemedy = "docs/opentimestamps.md has the form of the tables.";

Trouble malformed(const std::string& what) {
  return {.status = ExitStatus::kMalformed,
          .what = what,
          .defects = {},
          .remedy = "Take the headers from a node of the court; nothing was written."};
}

template <typename Table>
std::expected<Table, Trouble> parse(std::expected<Table, TableDefect> table,
                                    const std::string& path) {
  if (table) return *std::move(table);
  Trouble trouble = malformed(
      fmt::format("{}:{}: {}", core::visible(path, 1000), table.error().line, table.error().what));
  trouble.remedy = kRemedy;
  return std::unexpected(std::move(trouble));
}

std::expected<HeaderTable, Trouble> read_headers(const std::string& path) {
  HEYAN_TRY(const core::Bytes bytes, read_input(path, kMostBytes, kRemedy));
  return parse(read_table(bytes), path);
}

// The table that is there; an empty one where there is none.
std::expected<HeaderTable, Trouble> read_kept(const std::filesystem::path& path) {
  const auto file = os::open_named_file(path);
  if (!file && file.error().code == core::ErrorCode::kNotFound) return HeaderTable();
  return read_headers(path.string());
}

struct Import {
  HeaderTable kept;
  HeaderTable all;
  std::size_t linked = 0;
};

std::expected<Import, Trouble> import_all(const HeadersImportOptions& options) {
  const std::string checkpoints = options.checkpoints.string();
  HEYAN_TRY(const core::Bytes text, read_input(checkpoints, kMostBytes, kRemedy));
  HEYAN_TRY(Periods periods, parse(Periods::read(text), checkpoints));
  Import import;
  HEYAN_TRY(import.kept, read_kept(options.into));
  import.all = import.kept;
  for (const std::string& path : options.files) {
    HEYAN_TRY(const HeaderTable added, read_headers(path));
    auto both = merge(import.all, added);
    if (!both) {
      return std::unexpected(
          malformed(fmt::format("{}:{}: header {} {}", core::visible(path, 1000), both.error().line,
                                both.error().height, words(both.error().reason))));
    }
    import.all = *std::move(both);
  }
  const auto faults = check_table(import.all, periods, now());
  if (!faults.empty()) {
    std::string what = fmt::format("{} faults in {} headers", faults.size(), import.all.size());
    for (std::size_t i = 0; i < std::min(faults.size(), kMostFaults); ++i)
      what += fmt::format("\n  header {} {}", faults[i].height, words(faults[i].reason));
    return std::unexpected(malformed(what));
  }
  import.linked = count_linked(import.all, periods);
  return import;
}

}  // namespace

ExitStatus run(const HeadersImportOptions& options, Console& console) {
  const auto import = import_all(options);
  if (!import) return report_trouble(import.error(), console);
  if (const auto written = os::write_whole(options.into, write_table(import->all)); !written) {
    return report_trouble(
        trouble_of(written.error(), options.into.string(), "Check the path and its permissions."),
        console);
  }
  const std::size_t added = import->all.size() - import->kept.size();
  const std::size_t apart = import->all.size() - import->linked;
  console.talk(
      fmt::format(fmt::runtime(say(options.language, "已写入 {}：新增区块头 {} 个，共 {} 个。",
                                   "Written to {}: {} headers added, {} in all.")),
                  core::visible(options.into.string(), 1000), added, import->all.size()));
  if (apart != 0) {
    console.talk(fmt::format(
        fmt::runtime(say(options.language,
                         "其中 {} 个没有与检查点逐块相连：工作量已验证，在链上的位置未核对。",
                         "No run of neighbours ties {} of them to a checkpoint: their work is "
                         "proven, their place in the chain was not checked.")),
        apart));
  }
  return ExitStatus::kOk;
}

}  // namespace heyan::cli
