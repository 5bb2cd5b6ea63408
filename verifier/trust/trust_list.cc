#include "verifier/trust/trust_list.h"

#include "verifier/trust/document.h"
#include "verifier/trust/parts.h"

namespace heyan::trust {
namespace {

template <typename Entry>
const Entry* by_id(const std::vector<Entry>& entries, std::string_view id) {
  for (const Entry& entry : entries) {
    if (entry.id == id) return &entry;
  }
  return nullptr;
}

void read_head(Table& root, TrustList& list) {
  auto table = root.table("list");
  if (!table) {
    if (!root.has("list")) root.defect("list", "is missing", "Begin with the table [list]");
    return;
  }
  list.id = read_id(*table).value_or("");
  const auto version = table->integer("version");
  list.version = version.value_or(0);
  list.issued = table->time("issued");
  list.next_update = table->time("next_update");
  list.sample = table->boolean("sample").value_or(false);
  for (const auto* key : {"version", "issued", "next_update"}) {
    if (!table->has(key)) table->defect(key, "is missing");
  }
  if (version && *version < 1) table->defect("version", "must be at least 1");
  if (list.issued && list.next_update && *list.next_update <= *list.issued) {
    table->defect("next_update", "is not after issued");
  }
}

}  // namespace

std::optional<std::string> read_id(Table& table, std::string_view key) {
  auto id = table.required_text(key);
  if (!id || id->size() <= 128) return id;
  table.defect(key, "is longer than 128 bytes");
  return std::nullopt;
}

BilingualText read_name(Table& table, std::string_view otherwise) {
  BilingualText text;
  if (auto name = table.table("name")) {
    text.zh = name->text("zh").value_or("");
    text.en = name->text("en").value_or("");
  }
  if (text.zh.empty()) text.zh = text.en;
  if (text.en.empty()) text.en = text.zh;
  if (text.zh.empty()) text = {std::string(otherwise), std::string(otherwise)};
  return text;
}

const Institution* TrustList::institution(std::string_view wanted) const {
  return by_id(institutions, wanted);
}
const Quorum* TrustList::quorum(std::string_view wanted) const { return by_id(quorums, wanted); }
const LedgerEntry* TrustList::ledger(std::string_view wanted) const {
  return by_id(ledgers, wanted);
}

std::expected<TrustList, std::vector<ConfigError>> parse_trust_list(
    std::string_view main_file, const FileReader& files,
    std::span<const LedgerSetup* const> formats) {
  Document document(main_file, files);
  if (!document.readable()) return std::unexpected(document.errors());
  Table root = document.root();
  TrustList list;
  read_head(root, list);
  read_institutions(root, list);
  read_quorums(root, list);
  read_time_authorities(root, list);
  read_ledgers(root, list, formats);
  root.finish();
  if (auto errors = document.errors(); !errors.empty()) return std::unexpected(std::move(errors));
  list.given = true;
  list.files = document.files();
  list.digest = digest_of(list.files);
  return list;
}

}  // namespace heyan::trust
