// What heyan_public may do is granted by `heyan database prepare` alone, which nobody runs whom no
// version of the tables tells to.
#include <gmock/gmock.h>

#include "gateway/accounts/schema.h"
#include "verifier/core/text.h"
#include "verifier/crypto/digest.h"

namespace heyan::accounts {
namespace {

// Where the grants change, append a migration (kGrants3, …) and write what this says then.
TEST(Grants, AreOfTheVersionOfTheTables) {
  EXPECT_EQ(core::to_hex(crypto::sha256(core::as_bytes(public_grants()))),
            "e0093d9305838753c0106b4b0348570852ca5b6b1e7de8b40cf34eb2cb91e893");
  EXPECT_EQ(shared_layout().migrations.size(), 3);
}

}  // namespace
}  // namespace heyan::accounts
