#include "court_adapters/micro_court/reading.h"

#include <fmt/core.h>

#include "verifier/core/text.h"

namespace heyan::court_adapters::micro_court {

std::string quoted(std::string_view text) { return '"' + core::visible(text, 64) + '"'; }

bool Node::is_empty() const {
  return !given() || (value_->as_string() != nullptr && value_->as_string()->empty());
}

Node Node::at(std::string_view name) const {
  return {value_ != nullptr ? value_->find(name) : nullptr,
          pointer_ + '/' + core::json::shown_pointer_token(name)};
}

std::vector<Node> Node::elements(const Reading& reading) const {
  std::vector<Node> nodes;
  if (!given()) return nodes;
  if (value_->as_object() != nullptr) {
    nodes.push_back(*this);
    return nodes;
  }
  const core::json::Value::Array* array = value_->as_array();
  if (array == nullptr || array->size() > reading.limits.items) {
    reading.defects.add(
        pointer_, array == nullptr ? "wrong-type" : "limit",
        fmt::format("This must be a list of at most {} objects.", reading.limits.items));
    return nodes;
  }
  for (std::size_t i = 0; i < array->size(); ++i) {
    Node node(&(*array)[i], fmt::format("{}/{}", pointer_, i));
    if (node.value_->as_object() != nullptr) {
      nodes.push_back(std::move(node));
    } else {
      reading.defects.add(node.pointer_, "wrong-type", "This must be a JSON object.");
    }
  }
  return nodes;
}

std::string Node::line(const Reading& reading) const {
  if (!given()) return {};
  if (const std::int64_t* number = value_->as_integer()) return std::to_string(*number);
  const std::string* text = value_->as_string();
  if (text == nullptr) {
    reading.defects.add(pointer_, "wrong-type", "This must be text.");
    return {};
  }
  if (text->size() > reading.limits.string_bytes) {
    reading.defects.add(pointer_, "limit",
                        fmt::format("This text has {} bytes; shorten it to at most {}.",
                                    text->size(), reading.limits.string_bytes));
    return {};
  }
  if (text->contains('\0')) {
    reading.defects.add(pointer_, "nul-in-name",
                        fmt::format("{} has a NUL character: remove it.", quoted(*text)));
    return {};
  }
  if (core::has_control(*text)) {
    reading.defects.add(
        pointer_, "control-character",
        fmt::format("{} has a control or invisible character: remove it.", quoted(*text)));
    return {};
  }
  return *text;
}

std::string Node::required(const Reading& reading, std::string_view name,
                           std::string_view label) const {
  const Node node = at(name);
  if (node.is_empty()) {
    reading.defects.add(node.pointer(), "field-required",
                        fmt::format("{} is missing: give it.", label));
    return {};
  }
  return node.line(reading);
}

}  // namespace heyan::court_adapters::micro_court
