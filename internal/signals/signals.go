// Package signals knows with which signals the user of a platform asks a process how far it has
// come: SIGUSR1, as for dd, and SIGINFO where there is one, which the terminal sends for Ctrl-T. It
// also gives back what Go's runtime takes: what the system does with a signal, and whether SIGPIPE was
// ignored from the start.
package signals
