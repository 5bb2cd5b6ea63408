// Does a ValidationReport say what a payload says? Read with another parser, compared fact by fact;
// the rules are written here anew.
#pragma once

#include <gtest/gtest.h>

#include <map>

#include "tests/unit/xml/document.h"
#include "verifier/core/json.h"
#include "verifier/crypto/digest.h"

namespace heyan::xml {

class Semantics {
 public:
  Semantics(const std::string& file, const std::string& payload)
      : xml_(file), payload_text_(payload) {
    core::Limits limits;
    payload_ = core::json::parse(core::as_bytes(payload_text_), limits).value();
  }

  void compare() {
    ASSERT_TRUE(xml_.is_well_formed());
    compare_whole();
    const auto items = list(payload_, "evidence");
    ASSERT_EQ(xml_.count("/vr:ValidationReport/vr:SignatureValidationReport"),
              std::max<std::size_t>(items.size(), 1));
    std::size_t signatures = 0;
    std::map<std::string, int> proofs;
    std::map<std::string, int> keys;
    for (std::size_t i = 0; i < items.size(); ++i) {
      compare_item(items[i], i + 1);
      std::size_t place = 0;
      for (const auto& attestation : list(items[i], "attestations")) {
        for (const auto& proof : list(attestation, "proofs")) ++proofs[*proof.as_string()];
        std::size_t number = 0;
        for (const auto& signature : list(attestation, "signatures")) {
          if (!text(signature, "keySha256").empty()) ++keys[text(signature, "keySha256")];
          compare_signature(signature, std::to_string(i + 1) + "-" + std::to_string(place) + "-" +
                                           std::to_string(number++));
          ++signatures;
        }
        ++place;
      }
    }
    EXPECT_EQ(xml_.count("//hy:Signature"), signatures);
    EXPECT_EQ(xml_.count("//vr:ValidationObject[starts-with(@id,'P-')]"), proofs.size());
    EXPECT_EQ(xml_.count("//vr:ValidationObject[starts-with(@id,'K-')]"), keys.size());
    // Whatever is referred to is there.
    for (const std::string& reference : xml_.all("//@VOReference")) {
      EXPECT_EQ(xml_.count("//vr:ValidationObject[@id='" + reference + "']"), 1u) << reference;
    }
  }

 private:
  using Value = core::json::Value;
  static std::span<const Value> list(const Value& value, std::string_view name) {
    const Value* found = value.find(name);
    return found == nullptr || found->as_array() == nullptr ? std::span<const Value>()
                                                            : std::span(*found->as_array());
  }
  static std::string text(const Value& value, std::string_view pointer) {
    const Value* found = value.find(pointer);
    if (found == nullptr) return {};
    if (found->as_string() != nullptr) return *found->as_string();
    if (found->as_integer() != nullptr) return std::to_string(*found->as_integer());
    if (found->as_bool() != nullptr) return *found->as_bool() ? "true" : "false";
    return {};
  }
  static std::string base64_of(const std::string& hex) {
    return core::to_base64(core::from_hex(hex).value_or(core::Bytes()));
  }

  void compare_whole() {
    EXPECT_EQ(xml_.one("//vr:ValidationObject[@id='report.json']//ds:DigestValue"),
              core::to_base64(crypto::sha256(core::as_bytes(payload_text_))));
    EXPECT_EQ(xml_.one("//hy:Report/@reportNumber"), text(payload_, "reportNumber"));
    EXPECT_EQ(xml_.one("//hy:Report/@verdict"), text(payload_, "verdict"));
    EXPECT_EQ(xml_.one("//hy:Submission/@declared"), text(payload_, "submissionIsDeclared"));
    EXPECT_EQ(xml_.one("//hy:TrustList/@digest"), text(*payload_.find("trustList"), "digest"));
    EXPECT_EQ(xml_.one("//hy:Software/@version"), text(*payload_.find("bindings"), "software"));
  }

  void compare_item(const Value& item, std::size_t number) {
    const std::string here =
        "/vr:ValidationReport/vr:SignatureValidationReport[" + std::to_string(number) + "]";
    const std::string verdict = text(item, "verdict");
    SCOPED_TRACE(here + " " + verdict);
    EXPECT_EQ(xml_.one(here + "//vr:DAIdentifier"), text(item, "id"));
    EXPECT_EQ(xml_.one(here + "//hy:Item/@verdict"), verdict);
    EXPECT_EQ(xml_.one(here + "//vr:ValidationTime"), text(payload_, "asOf"));
    EXPECT_EQ(xml_.one(here + "/vr:SignatureValidationStatus/vr:MainIndication"),
              "urn:etsi:019102:mainindication:" +
                  std::string(verdict.starts_with("CONSISTENT") ? "total-passed"
                              : verdict == "INCONSISTENT"       ? "total-failed"
                                                                : "indeterminate"));
    const Value* digests = item.find("file")->find("digests");
    if (digests->find("sha-256") != nullptr) {
      EXPECT_EQ(xml_.one(here + "/vr:SignersDocument//ds:DigestValue"),
                base64_of(text(*digests, "sha-256")));
    }
    EXPECT_EQ(
        xml_.count("//vr:ValidationObject[@id='D-" + std::to_string(number) + "']//ds:DigestValue"),
        digests->as_object()->size());
    EXPECT_EQ(xml_.count(here + "//hy:Reason"), list(item, "reasons").size());
    EXPECT_EQ(xml_.count(here + "//vr:ValidationConstraint"), list(item, "checks").size());
    for (const Value& check : list(item, "checks")) compare_check(here, item, check);
    std::size_t place = 0;
    for (const Value& attestation : list(item, "attestations")) {
      compare_attestation(here, attestation, std::to_string(place++));
    }
    EXPECT_EQ(xml_.count(here + "//hy:Attestation"), place);
  }

  void compare_check(const std::string& here, const Value& item, const Value& check) {
    const std::string outcome = text(check, "outcome");
    const std::string at = here +
                           "//vr:ValidationConstraint[vr:ValidationConstraintIdentifier="
                           "'urn:heyan:check:" +
                           text(check, "check") + "']";
    SCOPED_TRACE(at);
    EXPECT_EQ(xml_.one(at + "//hy:Outcome"), outcome);
    const std::map<std::string, std::string> mains = {
        {"PASS", "passed"}, {"FAIL", "failed"}, {"UNDETERMINED", "indeterminate"}};
    const bool applied = mains.contains(outcome);
    EXPECT_EQ(
        xml_.one(at + "/vr:ConstraintStatus/vr:Status"),
        std::string("urn:etsi:019102:constraintStatus:") + (applied ? "applied" : "disabled"));
    EXPECT_EQ(xml_.count(at + "//vr:MainIndication"), applied ? 1u : 0u);
    if (applied) {
      EXPECT_EQ(xml_.one(at + "//vr:MainIndication"),
                "urn:etsi:019102:mainindication:" + mains.at(outcome));
    }
    for (const Value& reason : list(item, "reasons")) {
      const std::string sub =
          at + "//vr:SubIndication[.='urn:heyan:subindication:" + text(reason, "code") + "']";
      const bool here_too = applied && text(reason, "check") == text(check, "check");
      EXPECT_EQ(xml_.count(sub), here_too ? 1u : 0u) << sub;
    }
  }

  void compare_attestation(const std::string& here, const Value& attestation,
                           const std::string& place) {
    const std::string at = here + "//hy:Attestation[@place='" + place + "']";
    for (const char* name : {"ledger", "format", "tier", "outcome", "proofOutcome"}) {
      const std::string said = at + "/@" + name;  // a time stamp stands in no ledger
      EXPECT_EQ(xml_.count(said) == 0 ? "" : xml_.one(said), text(attestation, name));
    }
    const std::string quorum = here + "//hy:Quorum[@attestation='" + place + "']";
    if (xml_.count(quorum) == 0) return;  // an operator's, or QUO-1 was not applied
    for (const char* name : {"required", "valid", "neutral", "reached", "neutralReached"}) {
      EXPECT_EQ(xml_.one(quorum + "/@" + name), text(*attestation.find("quorum"), name)) << name;
    }
  }

  void compare_signature(const Value& signature, const std::string& place) {
    const std::string at = "//vr:ValidationObject[@id='S-" + place + "']";
    EXPECT_EQ(xml_.one(at + "//hy:Signature/@counted"), text(signature, "counted"));
    EXPECT_EQ(xml_.one(at + "//hy:Signature/@outcome"), text(signature, "outcome"));
    const std::string main = xml_.one(at + "//vr:MainIndication");
    if (text(signature, "counted") == "true") {
      EXPECT_EQ(main, "urn:etsi:019102:mainindication:passed");
    }
    if (text(signature, "outcome") != "PASS") {
      EXPECT_NE(main, "urn:etsi:019102:mainindication:passed");
    }
  }

  Document xml_;
  std::string payload_text_;
  Value payload_;
};

}  // namespace heyan::xml
