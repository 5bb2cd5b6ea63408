// The personal fields that a copy withholds, and whether some bytes would show one of them.
//
// What the payload withholds must not come back by a proof: the record in a transaction says who.
// A value is looked for as it is written, without regard to the case of Latin letters, in the bytes
// and in whatever stands in them as JSON text, hexadecimal or base64; escaped as \uXXXX too. Values
// of fewer than four bytes are not: by chance they stand anywhere. Pure, any thread.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/disclosure.h"

namespace heyan::bundle {

class Withheld {
 public:
  // Those of `all` that are not in `shown`.
  Withheld(std::span<const Disclosure> all, std::span<const Disclosure> shown);

  // Is a field withheld whose place lies beneath this pointer?
  bool beneath(std::string_view pointer) const;
  bool shown_by(std::string_view bytes) const;

 private:
  bool stands_in(std::string_view text) const;

  std::vector<std::string> pointers_;
  // In lower case, each also escaped where that differs; by their first kShortest bytes, so that a
  // proof is gone through once, however many fields a case has.
  std::map<std::string, std::set<std::string>, std::less<>> values_;
};

}  // namespace heyan::bundle
