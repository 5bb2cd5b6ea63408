#include "gateway/ops/tsa.h"

#include <algorithm>

#include "gateway/ops/config_values.h"

namespace heyan::ops {
namespace {

constexpr std::size_t kMostPolicy = 64;

// Numbers with dots between; the first is 0, 1 or 2.
bool is_object_identifier(std::string_view text) {
  const bool characters =
      std::ranges::all_of(text, [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
  return characters && text.size() >= 3 && text.size() <= kMostPolicy && text[0] <= '2' &&
         text[0] != '.' && text[1] == '.' && text.back() != '.' &&
         text.find("..") == std::string_view::npos;
}

}  // namespace

Tsa read_tsa(trust::Table& table, const std::filesystem::path& folder) {
  Tsa tsa;
  read_destination(table, folder, tsa, Scheme::kEither);
  for (const std::string& each : table.texts("authorities"))
    tsa.authorities.push_back(resolve_path(folder, each));
  if (tsa.authorities.empty()) {
    table.defect("authorities", "names no certificate",
                 "Name PEM files: the authority's certificate, or those of its CAs");
  }
  tsa.policy = table.text("policy").value_or("");
  if (table.has("policy") && !is_object_identifier(tsa.policy))
    table.defect("policy", "is no object identifier", "Write for example \"1.2.3.4.1\"");
  return tsa;
}

}  // namespace heyan::ops
