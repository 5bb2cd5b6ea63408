// The fingerprints that the records of a whole submission hold, so that "this file is another
// record's" is one look-up and not a comparison of every item with every other.
//
// A value; not for use from two threads while it grows.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "heyan/v1/attestation.pb.h"
#include "heyan/v1/case_record.pb.h"

namespace heyan::checks {

class RecordIndex {
 public:
  // Adds the digests of an attestation of the item at that position. Ignored where no record was
  // read, or where nothing ties the record to its ledger (INC-1 did not pass).
  void add(std::size_t item, const v1::Attestation& attestation);

  // Does a record of another item hold a fingerprint of this file?
  bool in_other_record(std::size_t item, const v1::Measured& measured) const;

 private:
  struct Holders {
    std::size_t first = 0;
    bool several = false;  // more items than `first`
  };
  std::map<std::pair<v1::DigestAlgorithm, std::string>, Holders> holders_;
};

}  // namespace heyan::checks
