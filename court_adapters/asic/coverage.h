// Which entries are as the signatures say. Each entry is read once, for all digests that are asked
// of it.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "court_adapters/asic/package.h"
#include "court_adapters/asic/signature.h"

namespace heyan::court_adapters::asic {

enum class Fit : std::uint8_t { kFits, kDiffers, kMissing, kUnsupported, kDamaged, kUndecided };

class Coverage {
 public:
  // Reads what the signatures refer to. A reference without a name is to every object.
  Coverage(Package& package, std::span<const Signature> signatures,
           crypto::SignatureChecker& checker);

  Fit fit(const Reference& reference) const;
  // The object that has that digest; null: none.
  const Entry* object_of(const Reference& reference) const;

 private:
  struct Digests {
    std::map<crypto::Hash, core::Bytes> values;
    Fit failed = Fit::kFits;
  };
  Package& package_;
  std::map<std::string, Digests, std::less<>> digests_;  // by name of the entry
};

}  // namespace heyan::court_adapters::asic
