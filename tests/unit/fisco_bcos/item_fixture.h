// One item on a chain of either set of algorithms, and proofs of it altered.
#pragma once

#include <string>

#include "tests/unit/fisco_bcos/chain.h"
#include "tests/unit/fisco_bcos/item.h"

namespace heyan::ledgers::fisco_bcos::testing {

using core::json::Value;

inline constexpr std::string_view kFile = "the file";
inline const std::string kNodeClock = "TIM-1 UNDETERMINED TIME_ONLY_FROM_NODE_CLOCK NOTE";

inline std::string name_of(const ::testing::TestParamInfo<Crypto>& param) {
  return param.param == Crypto::kSm ? "Sm" : "Ecdsa";
}

class FiscoItem : public ::testing::TestWithParam<Crypto> {
 protected:
  std::string fingerprint(std::string_view content = kFile) const {
    const bool sm = GetParam() == Crypto::kSm;
    return core::to_hex(
        crypto::digest(sm ? crypto::Hash::kSm3 : crypto::Hash::kSha256, core::as_bytes(content)));
  }
  Spec spec(const std::string& id = "EV-1") const {
    return {.input = call_of(GetParam(), kPlainMethod, {fingerprint(), id})};
  }
  std::string list(const std::string& fisco = {}, const std::string& sealer = {}) const {
    return chain_.trust(plain_record(GetParam()), fisco, sealer);
  }
  v1::Attestation judge(const Value& proof) const { return judge_bytes(bytes_of(proof)); }
  v1::Attestation judge_bytes(core::Bytes bytes) const {
    return ItemCase(list()).file(kFile).proof(std::move(bytes)).judge();
  }
  v1::Attestation judge(const Spec& what) const { return judge(chain_.proof(what)); }

  const Chain chain_{GetParam()};
};

// A copy with another value at that pointer.
inline Value changed(const Value& value, std::string_view pointer, const Value& by) {
  if (pointer.empty()) return by;
  const std::size_t end = pointer.find('/', 1);
  const std::string_view name = pointer.substr(1, end == pointer.npos ? end : end - 1);
  const std::string_view rest = end == pointer.npos ? std::string_view() : pointer.substr(end);
  Value copy{Value::Object{}};
  for (const auto& [key, member] : *value.as_object())
    copy.set(key, key == name ? changed(member, rest, by) : member);
  return copy;
}

inline Value without(const Value& value, std::string_view name) {
  Value copy{Value::Object{}};
  for (const auto& [key, member] : *value.as_object()) {
    if (key != name) copy.set(key, member);
  }
  return copy;
}

}  // namespace heyan::ledgers::fisco_bcos::testing
