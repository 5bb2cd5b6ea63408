// A message of the national platform while it is read: a place in its JSON, and what was found
// wrong so far.
//
// The platform publishes no schema: names that are not known here are passed over, null and "" are
// "not given", and a number may stand where its text could.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "court_adapters/adapter.h"
#include "verifier/contents/submission_fields.h"
#include "verifier/core/json.h"
#include "verifier/core/limits.h"

namespace heyan::court_adapters::micro_court {

struct Reading {
  const core::Limits& limits;
  contents::Defects& defects;
  std::vector<Remark>& remarks;
  std::int64_t at_ms;  // when the message came

  void remark(std::string_view code, const std::string& pointer, std::string detail) const {
    remarks.push_back({{}, std::string(code), pointer, std::move(detail)});
  }
};

// Of nothing every part is nothing. Valid as long as the document is.
class Node {
 public:
  Node(const core::json::Value* value, std::string pointer)
      : value_(value), pointer_(std::move(pointer)) {}

  const std::string& pointer() const { return pointer_; }
  const core::json::Value* value() const { return value_; }
  bool given() const { return value_ != nullptr && !value_->is_null(); }
  bool is_empty() const;  // not given, or ""

  Node at(std::string_view name) const;
  // Of an array; a single object is an array of one. Anything else that is given is a defect.
  std::vector<Node> elements(const Reading& reading) const;
  // One line of text without controls, or ""; defects: wrong-type limit nul-in-name
  // control-character.
  std::string line(const Reading& reading) const;
  std::string line(const Reading& reading, std::string_view name) const {
    return at(name).line(reading);
  }
  // The same; a defect field-required where it is not given. `label`: what it is, in English.
  std::string required(const Reading& reading, std::string_view name, std::string_view label) const;

 private:
  const core::json::Value* value_;
  std::string pointer_;
};

// "..." for messages to people: controls visible, cut.
std::string quoted(std::string_view text);

}  // namespace heyan::court_adapters::micro_court
