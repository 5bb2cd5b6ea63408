#include "tests/unit/ers/fixture.h"

#include <array>

#include "verifier/crypto/der.h"
#include "verifier/crypto/der_writer.h"
#include "verifier/trust/policy.h"

namespace heyan::ers::testing {

using core::Bytes;
using core::ByteView;
using crypto::Hash;

const TestAuthority& first() {
  static const TestAuthority authority("first", "2000-01-01T00:00:00Z", "2020-01-01T00:00:00Z");
  return authority;
}

const TestAuthority& second() {
  static const TestAuthority authority("second", "2010-01-01T00:00:00Z", "2040-01-01T00:00:00Z");
  return authority;
}

void RecordTest::begin(const TestAuthority& by, Hash hash, const std::string& time) {
  const auto step = first_step(core::as_bytes(kDocument), hash);
  ASSERT_TRUE(step);
  const auto made = append({}, *step, by.stamp(hash, step->digest, time));
  ASSERT_TRUE(made) << made.error().text;
  record_ = *made;
}

void RecordTest::renew(const TestAuthority& by, Hash hash, const std::string& time) {
  const auto step = next_step(record_, core::as_bytes(kDocument), hash);
  ASSERT_TRUE(step);
  const auto made = append(record_, *step, by.stamp(hash, step->digest, time));
  ASSERT_TRUE(made) << made.error().text;
  record_ = *made;
}

Found RecordTest::judge(ByteView record, const std::string& document) const {
  const core::Limits limits;
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  const Evaluation evaluation = evaluate(record,
                                         {.authorities = authorities_,
                                          .hash_until = trust::default_policy().algorithm_until,
                                          .at = at(now_)},
                                         checker, limits);
  timestamps::Digests digests;
  for (const Hash hash : {Hash::kSha1, Hash::kSha256, Hash::kSha512})
    digests[hash] = crypto::digest(hash, core::as_bytes(document));
  std::set<Bytes> filed;
  for (const auto& [hash, digest] : digests) filed.insert(digest);
  const auto found = verify(evaluation, std::array{digests}, filed, checker);
  return {found.verdict, found.shows_time(), found.names(), evaluation.stamps.size()};
}

Bytes wrapped(ByteView content, std::uint8_t tag) {
  Bytes out;
  crypto::append_der(out, tag, content);
  return out;
}

Bytes with_tree(const std::vector<std::vector<Bytes>>& lists, ByteView token) {
  constexpr std::uint8_t kTree = 0xa2;
  Bytes tree;
  for (const auto& list : lists) {
    Bytes values;
    for (const Bytes& value : list) {
      const Bytes one = wrapped(value, crypto::der::kOctetString);
      values.insert(values.end(), one.begin(), one.end());
    }
    const Bytes one = wrapped(values);
    tree.insert(tree.end(), one.begin(), one.end());
  }
  Bytes stamp = wrapped(tree, kTree);
  stamp.insert(stamp.end(), token.begin(), token.end());
  Bytes content = *core::from_hex("020101300d300b0609608648016503040201");
  const Bytes chains = wrapped(wrapped(wrapped(stamp)));
  content.insert(content.end(), chains.begin(), chains.end());
  return wrapped(content);
}

}  // namespace heyan::ers::testing
