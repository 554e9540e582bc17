/** The panels of the meeting; one at a time, all closed at first. */
export type PanelName = 'chat' | 'people' | 'more' | 'help';
