// A case passes where the result is the expected one (or among params.also_ok, or those of
// params.also_accepted, parted by commas), every code of `reasons` is reported and one of
// params.reasons_any, no param came out otherwise, and params.forbidden_in_output is nowhere. A
// table reports its rows itself.
#include "tests/vectors/kinds.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "verifier/core/time.h"

namespace heyan::vectors {

using core::json::Value;

namespace {

std::string text_of(const Value* value) {
  const std::string* text = value != nullptr ? value->as_string() : nullptr;
  return text != nullptr ? *text : std::string();
}

std::vector<std::string> texts_of(const Value* value) {
  std::vector<std::string> texts;
  if (value == nullptr) return texts;
  if (value->as_string() != nullptr) texts.push_back(*value->as_string());
  if (value->as_array() == nullptr) return texts;
  for (const Value& one : *value->as_array()) texts.push_back(text_of(&one));
  return texts;
}

bool is_one_of(const std::vector<std::string>& texts, const std::string& text) {
  return std::ranges::find(texts, text) != texts.end();
}

bool is_accepted(const KindCase& one, const std::string& result) {
  std::istringstream also(one.text("also_accepted"));
  for (std::string word; std::getline(also, word, ',');) {
    if (word == result) return true;
  }
  return is_one_of(one.texts("also_ok"), result);
}

// Why the case fails; empty: it passes.
std::string find_fault(const KindCase& one, const KindResult& found) {
  const auto reported = [&](const std::string& reason) { return found.reasons.contains(reason); };
  const bool exact = found.result == text_of(one.line.find("expect"));
  if (!exact && !is_accepted(one, found.result)) return "another result";
  if (!exact) return {};
  for (const std::string& reason : texts_of(one.line.find("reasons"))) {
    if (!reported(reason)) return "without " + reason;
  }
  const auto any = one.texts("reasons_any");
  if (!any.empty() && std::ranges::none_of(any, reported)) return "without any of reasons_any";
  for (const std::string& text : one.texts("forbidden_in_output")) {
    if (found.output.contains(text)) return "forbidden text in the output";
  }
  return found.wrong.empty() ? std::string() : found.wrong.front();
}

std::string joined(const std::set<std::string>& codes) {
  std::string text;
  for (const std::string& code : codes) text += (text.empty() ? "" : ",") + code;
  return text;
}

void run_case(const KindCase& one, std::span<const Kind> kinds, const Report& report) {
  CaseResult result{one.id, text_of(one.line.find("expect")), {}, Status::kFailed};
  const std::string kind = text_of(one.line.find("kind"));
  const auto runner = std::ranges::find(kinds, kind, &Kind::name);
  if (runner == kinds.end()) {
    result.got = "kind " + kind + " is not built";
    result.status = Status::kSkipped;
    report(result);
    return;
  }
  const KindResult found = runner->run(one);
  if (!found.skipped.empty()) {
    result.got = found.skipped;
    result.status = Status::kSkipped;
    report(result);
    return;
  }
  for (const CaseResult& row : found.rows) report(row);
  if (!found.rows.empty()) return;
  for (const std::string& reason : texts_of(one.line.find("reasons"))) {
    result.expected += " " + reason;
  }
  result.got = found.result + " " + joined(found.reasons);
  const std::string fault = find_fault(one, found);
  if (fault.empty()) {
    result.status = Status::kPassed;
  } else {
    result.got += " (" + fault + ")";
  }
  report(result);
}

}  // namespace

std::optional<core::Bytes> KindCase::input(std::string_view role) const {
  const std::string path = input_path(role);
  if (path.empty()) return std::nullopt;
  std::ifstream in(folder / path, std::ios::binary);
  if (!in) return std::nullopt;
  return core::Bytes(std::istreambuf_iterator<char>(in), {});
}

std::string KindCase::input_path(std::string_view role) const {
  const auto all = inputs();
  const auto found = all.find(std::string(role));
  return found != all.end() ? found->second : std::string();
}

std::map<std::string, std::string> KindCase::inputs() const {
  std::map<std::string, std::string> paths;
  const Value* object = line.find("inputs");
  if (object == nullptr || object->as_object() == nullptr) return paths;
  for (const auto& [role, path] : *object->as_object()) paths[role] = text_of(&path);
  return paths;
}

const Value* KindCase::param(std::string_view name) const {
  const Value* params = line.find("params");
  return params != nullptr ? params->find(name) : nullptr;
}

std::string KindCase::text(std::string_view name) const { return text_of(param(name)); }

std::optional<std::int64_t> KindCase::number(std::string_view name) const {
  const Value* value = param(name);
  if (value == nullptr || value->as_integer() == nullptr) return std::nullopt;
  return *value->as_integer();
}

std::optional<bool> KindCase::flag(std::string_view name) const {
  const Value* value = param(name);
  if (value == nullptr || value->as_bool() == nullptr) return std::nullopt;
  return *value->as_bool();
}

std::vector<std::string> KindCase::texts(std::string_view name) const {
  return texts_of(param(name));
}

std::optional<std::int64_t> KindCase::clock_ms() const {
  const std::string text = text_of(line.find("clock"));
  if (text.empty()) return std::nullopt;
  const auto time = core::parse_rfc3339(text);
  if (!time) return std::nullopt;
  return core::to_unix_ms(*time);
}

bool KindCase::needs(std::string_view feature) const {
  return is_one_of(texts_of(line.find("needs")), std::string(feature));
}

bool run_kinds(const std::filesystem::path& folder, std::span<const Kind> kinds,
               const Report& report) {
  std::ifstream in(folder / "cases.jsonl", std::ios::binary);
  if (!in) {
    std::cerr << folder.string() << ": cannot read cases.jsonl\n";
    return false;
  }
  std::size_t number = 0;
  for (std::string text; std::getline(in, text);) {
    ++number;
    if (text.empty()) continue;
    auto line = core::json::parse(core::as_bytes(text), {});
    if (!line || text_of(line->find("id")).empty()) {
      std::cerr << folder.string() << ": line " << number << " of cases.jsonl is not a case\n";
      return false;
    }
    const std::string id = text_of(line->find("id"));
    run_case({id, folder, *std::move(line)}, kinds, report);
  }
  return true;
}

}  // namespace heyan::vectors
