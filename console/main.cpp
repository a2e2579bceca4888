#include "console/app/application.h"

int main(int argc, char **argv)
{
    return facetrack::console::runConsole(argc, argv);
}
