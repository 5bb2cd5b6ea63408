#include "gateway/proof_fetch/json_rpc.h"

#include <fmt/format.h>

#include <algorithm>

namespace heyan::proof_fetch {
namespace {

using core::json::Value;

constexpr std::int64_t kLargestInteger = (std::int64_t{1} << 53) - 1;

// The reader has bounded the depth.
bool is_writable(const Value& value) {
  if (value.as_double() != nullptr) return false;
  if (const std::int64_t* number = value.as_integer())
    return *number <= kLargestInteger && *number >= -kLargestInteger;
  if (const Value::Array* array = value.as_array()) return std::ranges::all_of(*array, is_writable);
  if (const Value::Object* object = value.as_object()) {
    return std::ranges::all_of(*object,
                               [](const auto& member) { return is_writable(member.second); });
  }
  return true;
}

Refusal said_error(const Value& error, std::string_view what) {
  const Value* code = error.find("code");
  const std::int64_t* number = code == nullptr ? nullptr : code->as_integer();
  const std::string shown = number == nullptr ? "without a number" : std::to_string(*number);
  return unusable(
      fmt::format("asked for the {}, it says error {}", what, shown),
      "Nothing was written. Check --tx and the group, that the entry's version is the node's, and "
      "that the node is in step with the chain.");
}

}  // namespace

std::string encode_call(std::string_view method, Value::Array parameters, std::int64_t id) {
  Value call;
  call.set("jsonrpc", "2.0")
      .set("method", method)
      .set("params", std::move(parameters))
      .set("id", id);
  return core::json::write_canonical(call);
}

OrRefusal<Value> read_result(core::ByteView answer, std::int64_t id, std::string_view what) {
  const auto document = core::json::parse(answer, {});
  if (!document || document->as_object() == nullptr)
    return std::unexpected(unusable(fmt::format("the {} is no strict JSON", what)));
  const Value* version = document->find("jsonrpc");
  const Value* given = document->find("id");
  const bool ours = version != nullptr && version->as_string() != nullptr &&
                    *version->as_string() == "2.0" && given != nullptr &&
                    given->as_integer() != nullptr && *given->as_integer() == id;
  if (!ours)
    return std::unexpected(
        unusable(fmt::format("asked for the {}, it answers something else", what)));
  if (const Value* error = document->find("error"); error != nullptr && !error->is_null())
    return std::unexpected(said_error(*error, what));
  const Value* result = document->find("result");
  if (result == nullptr || result->is_null()) {
    return std::unexpected(unusable(
        fmt::format("it has no such {}", what),
        "Nothing was written. Check --tx and the group, and that the node is in step with the "
        "chain."));
  }
  if (!is_writable(*result))
    return std::unexpected(unusable(fmt::format("the {} holds a number that none has", what)));
  return *result;
}

}  // namespace heyan::proof_fetch
