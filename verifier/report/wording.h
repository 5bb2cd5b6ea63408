// How a report says things, whatever its form: in one language, names instead of identifiers, and
// declared text that cannot be taken for anything else.
//
// Internal to verifier/report, but for `cited`. Not for use from two threads.
#pragma once

#include <string>
#include <string_view>

#include "heyan/v1/report.pb.h"
#include "verifier/report/labels.h"

namespace heyan::report {

class Wording {
 public:
  // The report must outlive it.
  Wording(const v1::Report& report, catalogue::Language language)
      : report_(report), language_(language) {}

  catalogue::Language language() const { return language_; }
  std::string in(const catalogue::Text& text) const { return std::string(text.in(language_)); }
  std::string in(Label name) const { return in(label(name)); }

  // “text”, controls shown, cut.
  static std::string cited(std::string_view text);
  // The institution's name in the report's language, or its id where the report names it not.
  std::string institution(std::string_view id) const;
  std::string ledger(std::string_view id) const;

  // "endorser", or what the ledger calls it.
  std::string signer_role(std::string_view role) const;
  // "Ledger proof 1: Sample chain (fabric), established", the tier in words; whether it is
  // established is said of proofs alone.
  std::string attestation(const v1::Attestation& attestation, int number) const;
  // What an operator states by that name: "transaction id", or the name itself.
  std::string declared_name(std::string_view name) const;

 private:
  std::string place_of(const v1::Attestation& attestation) const;
  const v1::Report& report_;
  catalogue::Language language_;
};

// Of tier OPERATOR_ATTESTATION: never shown as a ledger's record, nor with a number of
// institutions.
bool is_of_operator(const v1::Attestation& attestation);

// Whether a signature counts towards the quorum, and if not, why.
Label standing_of(const v1::Signature& signature);

}  // namespace heyan::report
