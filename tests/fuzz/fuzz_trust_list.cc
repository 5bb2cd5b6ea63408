// Trust lists and policies from any bytes: the text up to the first NUL is the document, the rest
// is the content of every file that it names.
#include <algorithm>
#include <cstdlib>

#include "verifier/trust/policy.h"
#include "verifier/trust/trust_list.h"

namespace {

using heyan::core::Bytes;
using heyan::core::ByteView;
using heyan::trust::ConfigError;
using heyan::trust::Table;

void require(bool condition) {
  if (!condition) std::abort();
}

// Asks for a key of every kind.
class AnyLedger : public heyan::trust::LedgerSetup {
 public:
  std::string_view format() const override { return "any"; }
  std::shared_ptr<const heyan::trust::LedgerConfig> configure(
      Table& table, const heyan::trust::LedgerEntry&,
      const heyan::trust::TrustList&) const override {
    read(table, 0);
    return std::make_shared<heyan::trust::LedgerConfig>();
  }

 private:
  static void read(Table& table, int depth) {
    table.text("text");
    table.integer("integer");
    table.boolean("boolean");
    table.time("time");
    table.file("file");
    for (const std::string& path : table.texts("files")) table.read_file("files", path);
    if (auto map = table.table("map")) {
      for (const std::string& key : map->keys()) map->text(key);
    }
    if (depth > 8) return;
    if (auto inner = table.table("table")) read(*inner, depth + 1);
    for (Table& each : table.tables("tables")) read(each, depth + 1);
  }
};

void check(const std::vector<ConfigError>& errors, ByteView document) {
  const auto lines = 1 + std::ranges::count(document, std::uint8_t{'\n'});
  require(!errors.empty());
  for (const ConfigError& error : errors) {
    require(error.line <= static_cast<std::size_t>(lines));
    require(!error.what.empty() && !to_string(error).empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  const auto split = std::ranges::find(input, std::uint8_t{0}) - input.begin();
  const ByteView document = input.first(static_cast<std::size_t>(split));
  const ByteView rest = document.size() == size ? ByteView() : input.subspan(document.size() + 1);
  const heyan::trust::FileReader reader = [&](std::string_view path) -> heyan::core::Result<Bytes> {
    const std::string framed = "/" + std::string(path) + "/";
    require(framed.find("//") == std::string::npos && framed.find("/../") == std::string::npos);
    return heyan::core::to_bytes(path == "list.toml" ? document : rest);
  };
  const AnyLedger any;
  const heyan::trust::LedgerSetup* const formats[] = {&any};
  const auto list = heyan::trust::parse_trust_list("list.toml", reader, formats);
  if (list) {
    require(list->digest == heyan::trust::parse_trust_list("list.toml", reader, formats)->digest);
  } else {
    check(list.error(), document);
  }
  const auto policy = heyan::trust::parse_policy("list.toml", reader);
  if (!policy) check(policy.error(), document);
  return 0;
}
