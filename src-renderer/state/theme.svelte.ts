import { themeChoiceSchema, type Bridge, type ThemeChoice } from '@shared/protocol/bridge'

const STORED_AS = 'tangent-theme'

/** Light or dark: the user's choice, or the system's where they made none. */
export class Theme {
  choice = $state<ThemeChoice>('system')
  private systemIsDark = $state(false)

  constructor(
    private readonly bridge: Bridge,
    private readonly page: Window
  ) {
    const stored = themeChoiceSchema.safeParse(page.localStorage.getItem(STORED_AS))
    const system = page.matchMedia('(prefers-color-scheme: dark)')
    this.systemIsDark = system.matches
    system.addEventListener('change', (event) => {
      this.systemIsDark = event.matches
    })
    this.choose(stored.success ? stored.data : 'system')
  }

  /** The theme in effect. */
  get effective(): 'light' | 'dark' {
    if (this.choice !== 'system') return this.choice
    return this.systemIsDark ? 'dark' : 'light'
  }

  /** Takes up a choice and keeps it. */
  choose(choice: ThemeChoice): void {
    this.choice = choice
    this.page.localStorage.setItem(STORED_AS, choice)
    const root = this.page.document.documentElement
    if (choice === 'system') delete root.dataset['theme']
    else root.dataset['theme'] = choice
    void this.bridge.invoke('theme:set', choice)
  }
}
