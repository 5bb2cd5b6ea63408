#include "court_adapters/asic/faults.h"

#include <array>

namespace heyan::court_adapters::asic {
namespace {

struct Row {
  Code code;
  std::string_view name;
  std::string_view sentence;
};

constexpr std::array kRows = {
    Row{Code::kNotAsic, "not-asic",
        "this is no ASiC container: it has neither the media type nor a signature in META-INF; "
        "send an ASiC-E or ASiC-S container"},
    Row{Code::kZipDamaged, "zip-damaged",
        "the container is damaged and cannot be read safely: send it again"},
    Row{Code::kUnsafeName, "unsafe-name",
        "an entry's name is no plain path in UTF-8 beneath the container's root: make the "
        "container again with plain names"},
    Row{Code::kDuplicateEntry, "duplicate-entry",
        "two entries have one name, maybe in another case, so that readers differ on which counts: "
        "make the container again"},
    Row{Code::kZipUnsupported, "zip-unsupported",
        "an entry is encrypted, a link, or compressed by a method that is not supported: store or "
        "deflate plain files"},
    Row{Code::kTooLarge, "too-large",
        "the container holds more entries or bytes than this installation takes: send it in parts"},
    Row{Code::kWeakKey, "weak-key",
        "the signer's RSA key is shorter than 2048 bits, which others can find out in time: the "
        "signature fits the bytes, and no anchor is looked for"},
    Row{Code::kRenewedStampNotJudged, "renewed-stamp-not-judged",
        "the file that an archive time stamp is of was changed later, as renewing does, and a "
        "later "
        "stamp covers it as it is now: the older one was not judged and counts for nothing"},
    Row{Code::kMimetypeMissing, "mimetype-missing",
        "the entry \"mimetype\" is missing, which says what container this is"},
    Row{Code::kMimetypeNotFirst, "mimetype-not-first",
        "the entry \"mimetype\" is not the first one"},
    Row{Code::kMimetypeCompressed, "mimetype-compressed", "the entry \"mimetype\" is compressed"},
    Row{Code::kMimetypeInexact, "mimetype-inexact",
        "the entry \"mimetype\" holds white space besides the media type"},
    Row{Code::kSignatureUnreferenced, "signature-unreferenced",
        "no manifest refers to this signature: it was not judged and counts for nothing"},
    Row{Code::kEvidenceRecord, "evidence-record",
        "evidence records are not supported: this one was not judged and counts for nothing"},
    Row{Code::kNotCovered, "not-covered",
        "no signature or time stamp that was found intact covers this file"},
    Row{Code::kTypeMismatch, "type-mismatch",
        "what the container holds contradicts the media type that it says"},
    Row{Code::kNoSignature, "no-signature", "the container holds no signature"},
    Row{Code::kNoObject, "no-object",
        "the container holds no file besides its own: nothing was filed"},
    Row{Code::kExtraObject, "extra-object",
        "an ASiC-S container holds one file at its root, and this is one more, or not at the root"},
    Row{Code::kObjectMissing, "object-missing",
        "a signature covers this file, and it is not there"},
    Row{Code::kDigestMismatch, "digest-mismatch",
        "the file's bytes do not have the digest that was signed"},
    Row{Code::kContentMismatch, "content-mismatch",
        "the bytes that the CMS signature is of do not have the digest that was signed"},
    Row{Code::kImprintMismatch, "imprint-mismatch",
        "the bytes that the time stamp is of do not have the imprint that was stamped"},
    Row{Code::kSignatureInvalid, "signature-invalid",
        "the signature is not that of the certificate to which it is bound"},
    Row{Code::kKeySubstitution, "key-substitution",
        "the signed properties name another certificate than the one whose key was used: it counts "
        "for nobody"},
    Row{Code::kSignerUnbound, "signer-unbound",
        "the signature names no certificate in what it signs: it counts for nobody"},
    Row{Code::kCertificateMissing, "certificate-missing",
        "the signer's certificate is not in the signature, or not readable"},
    Row{Code::kSignatureUnsupported, "signature-unsupported",
        "the signature uses an algorithm, transform or form that is not supported: it was not "
        "judged"},
    Row{Code::kSignatureUnreadable, "signature-unreadable", "the signature cannot be read"},
    Row{Code::kManifestUnreadable, "manifest-unreadable", "the manifest cannot be read"},
    Row{Code::kUndecided, "undecided",
        "the signature could not be decided here: two libraries differ, or the limit of work was "
        "reached"},
};

const Row& row(Code code) {
  for (const Row& one : kRows) {
    if (one.code == code) return one;
  }
  return kRows.front();
}

}  // namespace

std::string_view name(Code code) { return row(code).name; }
std::string_view sentence(Code code) { return row(code).sentence; }

}  // namespace heyan::court_adapters::asic
