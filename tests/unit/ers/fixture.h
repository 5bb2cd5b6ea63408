// Records made by our own writer, of two authorities, judged at a time of the test's.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "tests/unit/ers/authority.h"
#include "verifier/ers/renewal.h"
#include "verifier/ers/verification.h"

namespace heyan::ers::testing {

inline const std::string kDocument = "the report";

// The second took over from the first, whose certificate ends in 2020.
const TestAuthority& first();
const TestAuthority& second();

struct Found {
  timestamps::Verdict verdict;
  bool shows_time;
  std::vector<std::string> names;
  std::size_t stamps;
};

class RecordTest : public ::testing::Test {
 protected:
  // Each adds one stamp.
  void begin(const TestAuthority& by, crypto::Hash hash, const std::string& time);
  void renew(const TestAuthority& by, crypto::Hash hash, const std::string& time);

  Found judge(core::ByteView record, const std::string& document = kDocument) const;
  Found judge() const { return judge(record_); }

  core::Bytes record_;
  std::vector<timestamps::Authority> authorities_ = {first().listed(), second().listed()};
  std::string now_ = "2030-01-01T00:00:00Z";
};

// DER: one value.
core::Bytes wrapped(core::ByteView content, std::uint8_t tag = 0x30);

// A record of one chain of one stamp with this tree, of no algorithm stated.
core::Bytes with_tree(const std::vector<std::vector<core::Bytes>>& lists, core::ByteView token);

}  // namespace heyan::ers::testing
