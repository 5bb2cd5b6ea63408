// What a report rests on, as SignatureValidationObjects. Internal to gateway/xml. Pure, any thread.
//
//   report.json  the payload, by its digest      report.jws  the signed report, of a sealed file
//   D-n          the file of item n              P-HEX       a proof, by its SHA-256
//   K-HEX        a public key, by its SHA-256    S-n-a-s     signature s of attestation a of item n
#pragma once

#include "gateway/xml/payload.h"

namespace heyan::xml {

struct Objects {
  const Value& payload;
  core::ByteView payload_bytes;
  const std::string* envelope = nullptr;
};
void add_objects(const Element& root, const Objects& objects);

}  // namespace heyan::xml
