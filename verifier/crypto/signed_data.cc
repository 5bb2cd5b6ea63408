#include <array>

#include "verifier/crypto/certificate_parsed.h"
#include "verifier/crypto/der.h"

namespace heyan::crypto {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

struct FixedAlgorithm {
  std::string_view hex;  // AlgorithmIdentifier, DER
  KeyAlgorithm key;      // for ECDSA: any of its three curves
  SignatureKind kind;
  Hash hash;
};

// RFC 5758 3.2 (ECDSA, no parameters), RFC 8017 A.2.4 (NULL), RFC 8410 section 3, GM/T 0006 (SM2
// with SM3: parameters absent, or NULL as some authorities write them; 1.2.156.10197.1.501).
constexpr std::array kFixed = {
    FixedAlgorithm{"300a06082a8648ce3d040302", KeyAlgorithm::kEcdsaP256, SignatureKind::kEcdsa,
                   Hash::kSha256},
    FixedAlgorithm{"300a06082a8648ce3d040303", KeyAlgorithm::kEcdsaP256, SignatureKind::kEcdsa,
                   Hash::kSha384},
    FixedAlgorithm{"300a06082a8648ce3d040304", KeyAlgorithm::kEcdsaP256, SignatureKind::kEcdsa,
                   Hash::kSha512},
    FixedAlgorithm{"300d06092a864886f70d01010b0500", KeyAlgorithm::kRsa, SignatureKind::kRsaPkcs1,
                   Hash::kSha256},
    FixedAlgorithm{"300d06092a864886f70d01010c0500", KeyAlgorithm::kRsa, SignatureKind::kRsaPkcs1,
                   Hash::kSha384},
    FixedAlgorithm{"300d06092a864886f70d01010d0500", KeyAlgorithm::kRsa, SignatureKind::kRsaPkcs1,
                   Hash::kSha512},
    FixedAlgorithm{"300506032b6570", KeyAlgorithm::kEd25519, SignatureKind::kEd25519,
                   Hash::kSha512},
    FixedAlgorithm{"300a06082a811ccf55018375", KeyAlgorithm::kSm2, SignatureKind::kSm2, Hash::kSm3},
    FixedAlgorithm{"300c06082a811ccf550183750500", KeyAlgorithm::kSm2, SignatureKind::kSm2,
                   Hash::kSm3},
};

// RSASSA-PSS with MGF1 of the same hash and a salt as long as the digest (RFC 4055 section 3.1);
// the parameters of the hash are NULL, or absent.
struct PssAlgorithm {
  std::string_view hex;
  Hash hash;
};
constexpr std::array kPss = {
    PssAlgorithm{
        "304106092a864886f70d01010a3034a00f300d06096086480165030402040500a11c301a06092a864886f7"
        "0d010108300d06096086480165030402040500a20302011c",
        Hash::kSha224},
    PssAlgorithm{
        "303d06092a864886f70d01010a3030a00d300b0609608648016503040204a11a301806092a864886f70d01"
        "0108300b0609608648016503040204a20302011c",
        Hash::kSha224},
    PssAlgorithm{
        "304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f7"
        "0d010108300d06096086480165030402010500a203020120",
        Hash::kSha256},
    PssAlgorithm{
        "303d06092a864886f70d01010a3030a00d300b0609608648016503040201a11a301806092a864886f70d01"
        "0108300b0609608648016503040201a203020120",
        Hash::kSha256},
    PssAlgorithm{
        "304106092a864886f70d01010a3034a00f300d06096086480165030402020500a11c301a06092a864886f7"
        "0d010108300d06096086480165030402020500a203020130",
        Hash::kSha384},
    PssAlgorithm{
        "303d06092a864886f70d01010a3030a00d300b0609608648016503040202a11a301806092a864886f70d01"
        "0108300b0609608648016503040202a203020130",
        Hash::kSha384},
    PssAlgorithm{
        "304106092a864886f70d01010a3034a00f300d06096086480165030402030500a11c301a06092a864886f7"
        "0d010108300d06096086480165030402030500a203020140",
        Hash::kSha512},
    PssAlgorithm{
        "303d06092a864886f70d01010a3030a00d300b0609608648016503040203a11a301806092a864886f70d01"
        "0108300b0609608648016503040203a203020140",
        Hash::kSha512},
};

bool fits(const FixedAlgorithm& algorithm, KeyAlgorithm key) {
  if (algorithm.kind != SignatureKind::kEcdsa) return algorithm.key == key;
  return key == KeyAlgorithm::kEcdsaP256 || key == KeyAlgorithm::kEcdsaP384 ||
         key == KeyAlgorithm::kSecp256k1;
}

// The algorithm named inside the signed structure: after the version and the serial number.
Result<ByteView> inner_algorithm(ByteView content) {
  DerReader outer(content);
  HEYAN_TRY(const DerValue structure, outer.next(der::kSequence));
  DerReader reader(structure.content);
  while (reader.peek_tag() == 0xa0 || reader.peek_tag() == der::kInteger) {
    HEYAN_CHECK_OK(reader.next());
  }
  HEYAN_TRY(const DerValue algorithm, reader.next(der::kSequence));
  return algorithm.whole;
}

}  // namespace

Result<SignedData> split_signed(ByteView der) {
  HEYAN_CHECK_OK(check_der(der));
  DerReader outer(der);
  HEYAN_TRY(const DerValue whole, outer.next(der::kSequence));
  DerReader reader(whole.content);
  HEYAN_TRY(const DerValue content, reader.next(der::kSequence));
  HEYAN_TRY(const DerValue algorithm, reader.next(der::kSequence));
  HEYAN_TRY(const DerValue signature, reader.next(der::kBitString));
  HEYAN_CHECK_OK(reader.expect_end());
  if (signature.content.empty() || signature.content[0] != 0) {
    return fail(ErrorCode::kMalformed, "signature is not whole octets");
  }
  HEYAN_TRY(const ByteView inner, inner_algorithm(content.whole));
  if (!core::equal(inner, algorithm.whole)) {
    return fail(ErrorCode::kMalformed, "signature algorithm differs inside and outside");
  }
  return SignedData{content.whole, algorithm.whole, signature.content.subspan(1)};
}

std::optional<Scheme> scheme_of(ByteView algorithm_identifier, KeyAlgorithm key) {
  const std::string hex = core::to_hex(algorithm_identifier);
  for (const FixedAlgorithm& row : kFixed) {
    if (row.hex == hex && fits(row, key)) {
      return Scheme{.kind = row.kind, .hash = row.hash, .sm2_user_id = {}};
    }
  }
  for (const PssAlgorithm& row : kPss) {
    if (row.hex == hex && key == KeyAlgorithm::kRsa) {
      return Scheme{.kind = SignatureKind::kRsaPss, .hash = row.hash, .sm2_user_id = {}};
    }
  }
  return std::nullopt;
}

std::optional<Hash> hash_of_algorithm(ByteView algorithm_identifier) {
  const std::string hex = core::to_hex(algorithm_identifier);
  for (const FixedAlgorithm& row : kFixed) {
    if (row.hex == hex) return row.hash;
  }
  for (const PssAlgorithm& row : kPss) {
    if (row.hex == hex) return row.hash;
  }
  return std::nullopt;
}

SignatureOutcome verify_signed(const SignedData& data, const PublicKey& key,
                               SignatureChecker& checker, std::string_view sm2_user_id) {
  auto scheme = scheme_of(data.algorithm, key.algorithm());
  if (!scheme) return SignatureOutcome::kInvalid;
  if (scheme->kind == SignatureKind::kSm2) scheme->sm2_user_id = sm2_user_id;
  return checker.verify(key, *scheme, data.content, data.signature);
}

}  // namespace heyan::crypto
