#include "cli/commands.h"

int main(int argc, char** argv) { return ballast::cli::run(ballast::cli::all_commands(), argc, argv); }
