// Store: on a PostgreSQL server, which several programs share.
#include <sys/random.h>

#include "gateway/postgres/database.h"
#include "gateway/postgres/migrate.h"
#include "gateway/store/parts.h"
#include "gateway/store/schema.h"

namespace heyan::store {
namespace {

// Of more than 32 bits: smaller numbers name what all programs share.
core::Result<std::int64_t> new_program() {
  std::uint64_t random = 0;
  if (::getrandom(&random, sizeof random, 0) != static_cast<ssize_t>(sizeof random)) {
    return core::fail(core::ErrorCode::kIo, "the operating system gave no random bytes");
  }
  constexpr std::uint64_t kAbove = std::uint64_t{1} << 62;
  return static_cast<std::int64_t>((random >> 2) | kAbove);
}

}  // namespace

core::Result<void> Store::prepare(const postgres::Settings& owner) {
  return postgres::migrate(owner, shared_layout(), public_grants());
}

core::Result<std::unique_ptr<Store>> Store::open(const Shared& shared, Listener changed) {
  HEYAN_TRY(postgres::Database writer, postgres::Database::open(shared.server, shared_layout()));
  HEYAN_TRY(postgres::Database reader, postgres::Database::open(shared.server, shared_layout()));
  HEYAN_TRY(const std::int64_t number, new_program());
  HEYAN_CHECK_OK(writer.stand_for(number));
  auto parts = std::make_unique<Parts>(
      std::make_unique<postgres::Database>(std::move(writer)),
      std::make_unique<postgres::Database>(std::move(reader)),
      Program{.number = number, .shared = true, .patience = shared.patience});
  return start({}, std::move(changed), std::move(parts), shared.looks_every);
}

}  // namespace heyan::store
