#include "gateway/api/note_body.h"

#include <algorithm>
#include <array>

#include "schemas/catalogue/catalogue.h"
#include "verifier/core/json.h"
#include "verifier/core/time.h"

namespace heyan::api {
namespace {

using core::json::Value;

constexpr std::size_t kMostItems = 1'000;
constexpr std::size_t kTextBytes = 16u << 10;

class Reader {
 public:
  Reader(std::span<const store::FiledItem> items, std::vector<http::ProblemError>& defects)
      : items_(items), defects_(defects) {}

  void defect(std::string pointer, std::string_view code, std::string_view detail) {
    defects_.push_back({std::move(pointer), std::string(code), std::string(detail)});
  }

  void expect_names(const Value& value, const std::string& at,
                    std::span<const std::string_view> names) {
    for (const auto& [name, member] : *value.as_object()) {
      if (std::ranges::find(names, name) != names.end()) continue;
      defect(at + "/" + core::json::shown_pointer_token(name), "unknown-name", "leave it out");
    }
  }

  // Empty where it is left out.
  std::string text(const Value& value, const std::string& at, std::string_view name) {
    const Value* found = value.find(name);
    if (found == nullptr) return {};
    const std::string pointer = at + "/" + std::string(name);
    if (found->as_string() == nullptr) {
      defect(pointer, "wrong-type", "a text is needed");
      return {};
    }
    if (found->as_string()->size() > kTextBytes) {
      defect(pointer, "limit", "at most 16384 bytes");
      return {};
    }
    if (found->as_string()->contains('\0')) {
      defect(pointer, "control-character", "remove the character U+0000");
      return {};
    }
    return *found->as_string();
  }

  std::string item(const Value& value, const std::string& at) {
    std::string id = text(value, at, "item");
    if (!id.empty() && std::ranges::find(items_, id, &store::FiledItem::id) == items_.end()) {
      defect(at + "/item", "unknown-item", "the submission has no such item");
    }
    return id;
  }

 private:
  std::span<const store::FiledItem> items_;
  std::vector<http::ProblemError>& defects_;
};

std::optional<Value> object_in(core::ByteView body) {
  auto document = core::json::parse(body, core::Limits{.json_bytes = kNoteBytes});
  if (!document || document->as_object() == nullptr) return std::nullopt;
  return *std::move(document);
}

std::vector<store::SupplementItem> read_items(const Value& document, Reader& reader) {
  constexpr std::array<std::string_view, 2> kNames = {"item", "code"};
  std::vector<store::SupplementItem> items;
  const Value* found = document.find("items");
  if (found == nullptr) return items;
  if (found->as_array() == nullptr || found->as_array()->size() > kMostItems) {
    reader.defect("/items", "wrong-type", "an array of at most 1000 is needed");
    return items;
  }
  for (std::size_t i = 0; i < found->as_array()->size(); ++i) {
    const Value& one = found->as_array()->at(i);
    const std::string at = "/items/" + std::to_string(i);
    if (one.as_object() == nullptr) {
      reader.defect(at, "wrong-type", "an object is needed");
      continue;
    }
    reader.expect_names(one, at, kNames);
    store::SupplementItem item{.item = reader.item(one, at), .code = reader.text(one, at, "code")};
    if (catalogue::reason_by_code(item.code) == nullptr) {
      reader.defect(at + "/code", "unknown-word", "a reason of the catalogue is needed");
    }
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace

std::optional<store::Supplement> read_supplement(core::ByteView body,
                                                 std::span<const store::FiledItem> items,
                                                 std::int64_t now_ms,
                                                 std::vector<http::ProblemError>& defects) {
  constexpr std::array<std::string_view, 3> kNames = {"items", "text", "until"};
  const auto document = object_in(body);
  if (!document) return std::nullopt;
  Reader reader(items, defects);
  reader.expect_names(*document, "", kNames);
  store::Supplement supplement;
  supplement.created_at_ms = now_ms;
  supplement.items = read_items(*document, reader);
  supplement.text = reader.text(*document, "", "text");
  if (supplement.items.empty() && supplement.text.empty()) {
    reader.defect("/items", "missing-name", "name at least one item, or say it in the text");
  }
  const auto until = core::parse_rfc3339(reader.text(*document, "", "until"));
  if (!until || core::to_unix_ms(*until) <= now_ms) {
    reader.defect("/until", "bad-time", "a time to come as RFC 3339 has it is needed");
  } else {
    supplement.until_ms = core::to_unix_ms(*until);
  }
  return supplement;
}

std::optional<store::Annotation> read_annotation(core::ByteView body,
                                                 std::span<const store::FiledItem> items,
                                                 std::vector<http::ProblemError>& defects) {
  constexpr std::array<std::string_view, 2> kNames = {"item", "text"};
  const auto document = object_in(body);
  if (!document) return std::nullopt;
  Reader reader(items, defects);
  reader.expect_names(*document, "", kNames);
  if (document->find("text") == nullptr) {
    reader.defect("/text", "missing-name", "an empty text takes the note away");
  }
  return store::Annotation{.item = reader.item(*document, ""),
                           .text = reader.text(*document, "", "text")};
}

}  // namespace heyan::api
