// Package signals knows with which signals the user of a platform asks a process how far it has
// come: SIGUSR1, as for dd, and SIGINFO where there is one, which the terminal sends for Ctrl-T. And it
// lets a signal do what the system does with it.
package signals
