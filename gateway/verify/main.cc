// heyan-verify: re-checks a report by itself, on any machine of its kind. Exit status: as `heyan
// report verify`.
#include "gateway/cli/commands.h"

int main(int count, char** words) {
  return static_cast<int>(heyan::cli::run_heyan_verify(count, words));
}
