#include "gateway/xml/objects.h"

#include <set>

#include "gateway/xml/indications.h"
#include "gateway/xml/item.h"
#include "verifier/crypto/digest.h"

namespace heyan::xml {
namespace {

struct Object {
  Element element;
  Element representation;
};
// TS 119 102-2 4.4.4.
Object add_object(const Element& objects, const std::string& id, const char* type) {
  const Element element = objects.add(kVr, "ValidationObject").set("id", id);
  element.add(kVr, "ObjectType", std::string("urn:etsi:019102:validationObject:") + type);
  return {.element = element, .representation = element.add(kVr, "ValidationObjectRepresentation")};
}

void add_identity(const Element& report, const char* name, const Value& identity) {
  set_each(report.add(kHy, name), identity, {"id", "version", "given", "sample", "digest"});
}

void add_report(const Element& objects, const Objects& from) {
  const Value& payload = from.payload;
  const Object object = add_object(objects, "report.json", "other");
  add_digest(object.representation, kVr, "DigestAlgAndValue", "sha-256",
             core::to_hex(crypto::sha256(from.payload_bytes)));
  const Element report = object.representation.add(kVr, "direct").add(kHy, "Report");
  set_each(report, payload, {"schema", "reportNumber", "asOf", "verdict"});
  const Element submission = report.add(kHy, "Submission");
  submission.set("declared", scalar(payload, "submissionIsDeclared"));
  set_each(submission, payload, {"caseNumber", "filedAt"});
  set_each(submission.add(kHy, "Court"), member(payload, "court"), {"code", "name"});
  add_identity(report, "TrustList", member(payload, "trustList"));
  add_identity(report, "Policy", member(payload, "policy"));
  set_each(report.add(kHy, "Bindings"), member(payload, "bindings"),
           {"caseRecord", "circumstances", "trustList", "policy", "software"});
  const Value& test = member(payload, "selfTest");
  if (test.as_object() != nullptr) set_each(report.add(kHy, "SelfTest"), test, {"passed", "at"});
  const Value& renew = member(payload, "renewBefore");
  if (renew.as_object() != nullptr) {
    set_each(report.add(kHy, "RenewBefore"), renew, {"at", "algorithm", "institution"});
  }
  for (const Value& sentence : list(payload, "standingSentences")) {
    report.add(kHy, "StandingSentence", scalar(sentence));
  }
}

void add_file(const Element& objects, const Objects& from, const Value& item,
              const std::string& place) {
  const Value& digests = member(member(item, "file"), "digests");
  if (first_digest(digests).empty()) return;
  const Object object = add_object(objects, "D-" + place, "signedData");
  for (const auto& [algorithm, value] : *digests.as_object()) {
    add_digest(object.representation, kVr, "DigestAlgAndValue", algorithm, scalar(value));
  }
  add_existence(object.element.add(kVr, "POE"), from.payload, item);
}

void add_named(const Element& objects, char kind, const char* type,
               const std::set<std::string>& digests) {
  for (const std::string& digest : digests) {
    add_digest(add_object(objects, std::string{kind, '-'} + digest, type).representation, kVr,
               "DigestAlgAndValue", "sha-256", digest);
  }
}

void add_signature(const Element& objects, const Value& signature, const std::string& place) {
  const Object object = add_object(objects, "S-" + place, "other");
  set_each(object.representation.add(kVr, "direct").add(kHy, "Signature"), signature,
           {"institution", "signer", "role", "outcome", "counted", "reason", "keySha256",
            "validFrom", "validUntil", "linkedToParty"});
  const Element report = object.element.add(kVr, "ValidationReport");
  const std::string key = scalar(signature, "keySha256");
  if (is_sha256(key)) {
    const Element signer = report.add(kVr, "SignerInformation");
    signer.add(kVr, "SignerCertificate").set("VOReference", "K-" + key);
    signer.add(kVr, "Signer", scalar(signature, "institution"));
  }
  add_indication(report.add(kVr, "SignatureValidationStatus"), indication_of_signature(signature));
}

void keep(std::set<std::string>& digests, std::string digest) {
  if (is_sha256(digest)) digests.insert(std::move(digest));
}

}  // namespace

void add_objects(const Element& root, const Objects& from) {
  const Element objects = root.add(kVr, "SignatureValidationObjects");
  add_report(objects, from);
  if (from.envelope != nullptr) {
    // As text, so that whoever looks for the payload in the file finds it.
    add_object(objects, "report.jws", "other").representation.add(kVr, "direct", *from.envelope);
  }
  const auto items = list(from.payload, "evidence");
  std::set<std::string> proofs;
  std::set<std::string> keys;
  for (std::size_t i = 0; i < items.size(); ++i) {
    add_file(objects, from, items[i], std::to_string(i + 1));
    for (const Value& attestation : list(items[i], "attestations")) {
      for (const Value& proof : list(attestation, "proofs")) keep(proofs, scalar(proof));
      for (const Value& one : list(attestation, "signatures")) keep(keys, scalar(one, "keySha256"));
    }
  }
  add_named(objects, 'P', "other", proofs);
  add_named(objects, 'K', "publicKey", keys);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto attestations = list(items[i], "attestations");
    for (std::size_t a = 0; a < attestations.size(); ++a) {
      const std::string place = std::to_string(i + 1) + "-" + std::to_string(a) + "-";
      std::size_t number = 0;
      for (const Value& one : list(attestations[a], "signatures")) {
        add_signature(objects, one, place + std::to_string(number++));
      }
    }
  }
}

}  // namespace heyan::xml
