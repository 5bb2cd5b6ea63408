// Reading the members of one JSON object against a closed list of names, collecting what is wrong
// instead of stopping.
//
// For documents of our own form. A Fields that is given no object (absent, or of a wrong type)
// answers every question with "nothing", so that reading code has no branches of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/contents/submission_reader.h"
#include "verifier/contents/words.h"
#include "verifier/core/json.h"
#include "verifier/core/limits.h"

namespace heyan::contents {

inline constexpr std::size_t kMaxMapNames = 64;  // hints of one proof, digests of one file

// The defects of one document, in the order found, at most kMaxDefects.
class Defects {
 public:
  void add(std::string pointer, std::string_view code, std::string detail);
  bool empty() const { return list_.empty(); }
  std::vector<Defect> take() && { return std::move(list_); }

 private:
  std::vector<Defect> list_;
};

class Fields {
 public:
  // `value` may be null (absent); any other value than an object is a defect. All arguments must
  // outlive this.
  Fields(const core::json::Value* value, std::string pointer, const core::Limits& limits,
         Defects& defects);

  const std::string& pointer() const { return pointer_; }
  std::string pointer_of(std::string_view name) const;
  bool present() const { return object_ != nullptr; }

  // The member of that name, which thereby is a known one; null where it is absent.
  const core::json::Value* take(std::string_view name);
  // The same, and its absence is a defect.
  const core::json::Value* require(std::string_view name);

  // Each gives the empty value where the member is absent or faulty.
  std::string text(std::string_view name);  // any string within limits.string_bytes, without U+0000
  std::string line(std::string_view name);  // the same without control characters: numbers, codes
  // One line of 1 to `most` characters without control characters.
  std::string phrase(std::string_view name, std::size_t most);
  std::string id(std::string_view name);
  std::string required_id(std::string_view name);
  std::string required_path(std::string_view name);
  std::vector<std::string> ids(std::string_view name);
  std::optional<std::int64_t> time_ms(std::string_view name);
  std::optional<std::uint64_t> size(std::string_view name);
  std::optional<std::uint32_t> count(std::string_view name, std::uint32_t most);  // from 1
  int word(std::string_view name, const WordList& list);
  // The elements of an array of at most `limit` of them; null where absent, of another type, or
  // longer.
  const core::json::Value::Array* array(std::string_view name, std::size_t limit);
  const core::json::Value::Array* required_array(std::string_view name, std::size_t limit);
  // The members of an object whose names are data, at most kMaxMapNames; null as above.
  const core::json::Value::Object* map(std::string_view name);
  Fields object(std::string_view name);
  Fields required_object(std::string_view name);

  // The string in `value`, standing at `where`; nothing and a defect otherwise.
  std::optional<std::string> string_in(const core::json::Value& value, const std::string& where);
  std::string text_in(const core::json::Value& value, const std::string& where);  // as text()
  // "" and a defect where it is no such line (phrase), or no id.
  std::string phrase_in(const core::json::Value& value, const std::string& where, std::size_t most);
  std::string id_in(const core::json::Value& value, const std::string& where);
  std::string path_in(const core::json::Value& value, const std::string& where);

  // Makes a defect of every member that was not taken. Call it last.
  void finish();

 private:
  const core::json::Value::Array* elements(const core::json::Value* value, std::string_view name,
                                           std::size_t limit);
  void too_many(std::string_view name, std::size_t count, std::size_t limit);

  const core::json::Value::Object* object_ = nullptr;
  std::string pointer_;
  const core::Limits& limits_;
  Defects& defects_;
  std::vector<std::string_view> known_;
};

}  // namespace heyan::contents
