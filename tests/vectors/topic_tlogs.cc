// Topic tlogs: each line of cases.jsonl by the type that it names. Where texts allow either verdict
// (`choice`) the strict one is expected; what a case `needs` and we do not have is a reason to skip
// it, never to pass it.
#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "tests/vectors/tlogs_case.h"
#include "tests/vectors/topic.h"

namespace heyan::vectors {
namespace tlogs {
namespace {

using core::json::Value;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A member's digits that are too many for an int64 become a string.
std::string quote_large(const std::string& text) {
  constexpr std::size_t kSafeDigits = 18;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto end =
        std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_digit);
    const auto length = static_cast<std::size_t>(end - text.begin()) - at;
    const bool quoted = length > kSafeDigits && (out.ends_with("\": ") || out.ends_with("\":"));
    const std::size_t taken = std::max<std::size_t>(length, 1);
    if (quoted) out += '"';
    out += text.substr(at, taken);
    if (quoted) out += '"';
    at += taken;
  }
  return out;
}

std::string text_at(const Value* value) {
  return value != nullptr && value->as_string() != nullptr ? *value->as_string() : std::string();
}

std::optional<transparency::TreeHash> to_hash(const Value& value) {
  if (value.as_string() == nullptr) return std::nullopt;
  const auto bytes = core::from_base64(*value.as_string());
  return bytes ? transparency::tree_hash(*bytes) : std::nullopt;
}

}  // namespace

std::string Case::text(std::string_view input) const {
  const Value* inputs = line.find("inputs");
  return inputs == nullptr ? std::string() : text_at(inputs->find(input));
}

std::vector<std::string> Case::texts(std::string_view input) const {
  std::vector<std::string> all;
  const Value* inputs = line.find("inputs");
  const Value* array = inputs == nullptr ? nullptr : inputs->find(input);
  if (array == nullptr || array->as_array() == nullptr) return all;
  for (const Value& one : *array->as_array()) all.push_back(text_at(&one));
  return all;
}

std::optional<std::uint64_t> Case::number(std::string_view input) const {
  const Value* inputs = line.find("inputs");
  return inputs == nullptr ? std::nullopt : number_of(*inputs, input);
}

std::optional<std::string> Case::file(std::string_view input) const {
  const std::string path = text(input);
  return path.empty() ? std::nullopt : read_text(folder / path);
}

std::optional<std::string> read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

std::optional<std::vector<Value>> json_lines(const std::string& text) {
  std::vector<Value> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    auto value = core::json::parse(core::as_bytes(quote_large(line)), {});
    if (!value) return std::nullopt;
    lines.push_back(*std::move(value));
  }
  return lines;
}

std::string text_of(const Value& object, std::string_view name) {
  return text_at(object.find(name));
}

std::optional<std::uint64_t> number_of(const Value& object, std::string_view name) {
  const Value* value = object.find(name);
  if (value == nullptr) return std::nullopt;
  if (value->as_integer() != nullptr) {
    if (*value->as_integer() < 0) return std::nullopt;
    return static_cast<std::uint64_t>(*value->as_integer());
  }
  const std::string text = text_at(value);
  if (text.empty() || !std::ranges::all_of(text, is_digit)) return std::nullopt;
  std::uint64_t number = 0;
  std::istringstream in(text);
  in >> number;
  return in ? std::optional(number) : std::nullopt;
}

std::optional<transparency::TreeHash> hash_of(const Value& object, std::string_view name) {
  const Value* value = object.find(name);
  return value == nullptr ? std::nullopt : to_hash(*value);
}

std::optional<std::vector<transparency::TreeHash>> hashes_of(const Value& object,
                                                             std::string_view name) {
  std::vector<transparency::TreeHash> hashes;
  const Value* value = object.find(name);
  if (value == nullptr || value->is_null()) return hashes;
  if (value->as_array() == nullptr) return std::nullopt;
  for (const Value& one : *value->as_array()) {
    const auto hash = to_hash(one);
    if (!hash) return std::nullopt;
    hashes.push_back(*hash);
  }
  return hashes;
}

Found found(std::string got, std::string why) {
  return {.got = std::move(got), .why = std::move(why), .skipped = {}};
}

Found all_lines(const Case& one, std::string_view expect,
                std::optional<std::string> (*fault)(const Case& one, const Value& line)) {
  const auto text = one.file("file");
  const auto lines = text ? json_lines(*text) : std::nullopt;
  if (!lines || lines->empty()) return found("no input");
  for (std::size_t i = 0; i < lines->size(); ++i) {
    if (const auto wrong = fault(one, (*lines)[i]))
      return found("line " + std::to_string(i + 1), text_of((*lines)[i], "desc") + ": " + *wrong);
  }
  return found(std::string(expect), std::to_string(lines->size()) + " lines");
}

namespace {

const Type* type_of(std::string_view name) {
  for (const auto types : {merkle_types(), note_types(), tile_types(), proof_types(),
                           receipt_types(), witness_types()}) {
    const auto type = std::ranges::find(types, name, &Type::name);
    if (type != types.end()) return &*type;
  }
  return nullptr;
}

CaseResult run_case(const Case& one) {
  CaseResult result{text_of(one.line, "id"), text_of(one.line, "expect"), {}, Status::kFailed};
  const std::string name = text_of(one.line, "type");
  const Type* type = type_of(name);
  Found outcome;
  if (one.line.find("needs") != nullptr) {
    outcome.skipped = "needs " + text_of(one.line, "needs");
  } else if (type == nullptr) {
    outcome.skipped = "type " + name + " is not built";
  } else {
    outcome = type->run(one);
  }
  if (!outcome.skipped.empty()) {
    result.got = outcome.skipped;
    result.status = Status::kSkipped;
    return result;
  }
  result.got = outcome.got + (outcome.why.empty() ? "" : " (" + outcome.why + ")");
  if (outcome.got == result.expected) result.status = Status::kPassed;
  return result;
}

}  // namespace
}  // namespace tlogs

bool run_tlogs(const std::filesystem::path& folder, const Report& report) {
  const auto text = tlogs::read_text(folder / "cases.jsonl");
  const auto lines = text ? tlogs::json_lines(*text) : std::nullopt;
  if (!lines) {
    std::cerr << "tlogs: cannot read cases.jsonl\n";
    return false;
  }
  for (const core::json::Value& line : *lines) report(tlogs::run_case({folder, line}));
  return true;
}

}  // namespace heyan::vectors
