// Keys that are kept in a PKCS#11 token: a hardware security module, or SoftHSM.
//
// Threat: a key that lies in a file can be copied by whoever reads the disk; one in a token can
// only be used, by who has the PIN. So a key that can be taken out of its token is refused. The
// module is code of the token's maker that runs in this process: it is loaded, and the session
// opened, before the sandbox is entered, and what it needs after that must be beneath the
// configured folders. Sources: PKCS#11 2.40 (C_Sign with CKM_ECDSA: r || s over a digest), p11-kit
// for loading.
#pragma once

#include <functional>
#include <memory>

#include "gateway/keys/key_files.h"
#include "gateway/ops/config.h"

namespace heyan::keys {

class Token {
 public:
  // What PKCS#11 said, each time that the token does not sign. Its session may be lost for good:
  // none is opened again, for the module and the PIN are out of the sandbox's reach by then.
  using Told = std::function<void(const std::string&)>;

  // Loads the module and logs in. kIo: the module, token or PIN file is not there, or others can
  // read the PIN; kUnsupported: the token refuses the PIN, or says that a wrong one was tried since
  // somebody last logged in, and is not tried then; kDuplicate: two tokens of that name.
  static std::expected<Token, Refusal> open(const ops::Token& place, Told does_not_sign = {});

  // The pair of P-256 keys with that label. kIo: it is not there; kDuplicate: two of them;
  // kUnsupported: another kind of key, or one that can be taken out; kMalformed: private and public
  // key do not belong together. The key keeps the token open.
  std::expected<crypto::SigningKey, Refusal> find(const std::string& label) const;
  // The same; made in the token where there is none.
  std::expected<crypto::SigningKey, Refusal> find_or_make(const std::string& label) const;

  class Session;

 private:
  Token(std::shared_ptr<const Session> session, std::string name)
      : session_(std::move(session)), name_(std::move(name)) {}
  std::shared_ptr<const Session> session_;
  std::string name_;
};

}  // namespace heyan::keys
