#include "verifier/trust/rulings.h"

#include <algorithm>

#include "verifier/core/text.h"
#include "verifier/trust/parts.h"

namespace heyan::trust {
namespace {

constexpr std::size_t kMostHashBytes = 64;

void read_stands(Table& table, Ruling& ruling) {
  const auto stands = table.texts("stands");
  if (stands.empty()) {
    table.defect("stands", "names no block", "Write the hashes of the blocks that stand, in hex");
  }
  for (const std::string& hex : stands) {
    const auto hash = core::from_hex(hex);
    if (!hash || hash->empty() || hash->size() > kMostHashBytes) {
      table.defect("stands", "'" + hex + "' is no hash in hex");
    } else if (ruling.lets_stand(core::as_text(*hash))) {
      table.defect("stands", "'" + hex + "' stands there twice");
    } else {
      ruling.stands.push_back(core::to_string(*hash));
    }
  }
}

std::uint64_t read_height(Table& table, std::string_view key) {
  const auto height = table.integer(key);
  if (!table.has(key)) {
    table.defect(key, "is missing");
  } else if (height && *height < 0) {
    table.defect(key, "is no height");
  }
  return height && *height > 0 ? static_cast<std::uint64_t>(*height) : 0;
}

Ruling read_ruling(Table& table) {
  Ruling ruling;
  ruling.document = read_id(table, "document").value_or("");
  if (table.has("origin")) ruling.origin = read_id(table, "origin").value_or("");
  ruling.height = read_height(table, "height");
  ruling.resumes = read_height(table, "resumes");
  if (table.has("height") && table.has("resumes") && ruling.resumes <= ruling.height) {
    table.defect("resumes", "is not above 'height'",
                 "Write the first height from which on the ledger counts as before");
  }
  read_stands(table, ruling);
  return ruling;
}

bool overlap(const Ruling& a, const Ruling& b) {
  return a.origin == b.origin && a.height < b.resumes && b.height < a.resumes;
}

}  // namespace

bool Ruling::lets_stand(std::string_view hash) const {
  return std::ranges::find(stands, hash) != stands.end();
}

std::vector<Ruling> read_rulings(Table& ledger) {
  std::vector<Ruling> rulings;
  for (Table& table : ledger.tables("ruling")) {
    Ruling ruling = read_ruling(table);
    const auto other = std::ranges::find_if(
        rulings, [&ruling](const Ruling& earlier) { return overlap(earlier, ruling); });
    if (other != rulings.end()) {
      table.defect("height", "lies within the ruling '" + other->document + "'");
    }
    rulings.push_back(std::move(ruling));
  }
  return rulings;
}

}  // namespace heyan::trust
