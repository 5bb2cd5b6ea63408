#include "tests/faults/programs.h"

namespace heyan::faults {

namespace fs = std::filesystem;

// Copies: they look for the others, and for what they share, where they lie themselves.
Programs::Programs(const fs::path& worker) {
  const fs::path built = fs::path(HEYAN_BINARY).parent_path();
  fs::create_directory(path());
  fs::copy_file(HEYAN_BINARY, path() / "heyan");
  set_worker(worker);
  for (const char* name : {"heyan-draw", "heyan-front", "heyan-signer"}) {
    fs::create_symlink(built / name, path() / name);
  }
  fs::create_symlink(built.parent_path() / "share", fs::path(folder_.path()) / "share");
}

void Programs::set_worker(const fs::path& worker) const {
  fs::remove(path() / "heyan-worker");
  fs::copy_file(worker, path() / "heyan-worker");
}

}  // namespace heyan::faults
